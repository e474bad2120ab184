"""Who may act: grants, the three administrators, the cost of knowing it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from shuzhi.kernel.access import Permission, Reach, actor_for
from shuzhi.kernel.errors import ForbiddenError, RefusedError
from shuzhi.registry import services
from shuzhi.registry.enums import Role
from shuzhi.registry.models import RoleGrant
from shuzhi.registry.queries import holders
from shuzhi.registry.roles import ROLES
from tests.cast import COUNTY_PARTS, TOWN_PARTS, Cast

BALLOTS_AND_SCORES = {
    Permission.POLL_VIEW,
    Permission.POLL_MANAGE,
    Permission.POLL_COUNT,
    Permission.REVIEW_RESULT,
    Permission.REVIEW_VIEW,
    Permission.REPORT_VIEW,
}
ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_administrators_see_no_ballot_and_no_score(role: Role) -> None:
    held = {permission for row in ROLES[role].values() for permission in row}
    assert not held & BALLOTS_AND_SCORES


def test_only_the_security_administrator_grants() -> None:
    grantors = [
        role
        for role, table in ROLES.items()
        if any(Permission.GRANT_MANAGE in row for row in table.values())
    ]
    assert grantors == [Role.SECURITY_ADMIN]


@pytest.mark.parametrize(
    "part", sorted((*TOWN_PARTS, *COUNTY_PARTS.keys() - {"security"}, "secretary1"))
)
def test_others_cannot_grant(nobody: Cast, part: str) -> None:
    cast = nobody
    with pytest.raises(ForbiddenError):
        services.grant_role(
            actor=cast.actor(part), appointment=cast.post("nobody"), role=Role.LEADER
        )


def test_a_grant_works_from_its_day_and_a_revoked_one_no_more(nobody: Cast) -> None:
    cast = nobody
    security = cast.actor("security")
    grant = services.grant_role(
        actor=security, appointment=cast.post("nobody"), role=Role.TOWN_COMMISSIONER
    )
    held = cast.actor("nobody").grants_of(Permission.REVIEW_MANAGE)
    assert [(g.reach, g.path) for g in held] == [(Reach.SUBTREE, cast.units["OTHER"].path)]
    services.revoke_role(actor=security, grant=grant)
    assert cast.actor("nobody").grants == ()


def test_a_grant_ends_with_the_post(cast: Cast) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    services.relieve(
        actor=cast.actor("organiser"), appointment=cast.post("commissioner"), until=yesterday
    )
    assert cast.actor("commissioner").grants == ()


def test_a_future_grant_does_not_work_yet(nobody: Cast) -> None:
    cast = nobody
    services.grant_role(
        actor=cast.actor("security"),
        appointment=cast.post("nobody"),
        role=Role.LEADER,
        since=timezone.localdate() + timedelta(days=1),
    )
    assert cast.actor("nobody").grants == ()


def test_nobody_grants_to_themselves(cast: Cast) -> None:
    with pytest.raises(RefusedError, match="自己"):
        services.grant_role(
            actor=cast.actor("security"), appointment=cast.post("security"), role=Role.LEADER
        )
    own = RoleGrant.objects.get(appointment=cast.post("security"))
    with pytest.raises(RefusedError, match="自己"):
        services.revoke_role(actor=cast.actor("security"), grant=own)


@pytest.mark.parametrize(
    ("part", "role"),
    [
        ("system", Role.AUDIT_ADMIN),
        ("audit", Role.SYSTEM_ADMIN),
        ("system", Role.LEADER),
        ("leader", Role.AUDIT_ADMIN),
    ],
)
def test_the_three_administrators_never_mix(cast: Cast, part: str, role: Role) -> None:
    with pytest.raises(RefusedError, match="三人分任"):
        services.grant_role(actor=cast.actor("security"), appointment=cast.post(part), role=role)


def test_a_role_is_given_once(cast: Cast) -> None:
    with pytest.raises(RefusedError, match="已有这个角色"):
        services.grant_role(
            actor=cast.actor("security"), appointment=cast.post("leader"), role=Role.LEADER
        )


@pytest.mark.parametrize(("part", "most"), [("commissioner", 1), ("nobody", 2)])
def test_knowing_who_acts_costs_at_most_two_queries(nobody: Cast, part: str, most: int) -> None:
    cast = nobody
    account = cast.account(part)
    with CaptureQueriesContext(connection) as spent:
        actor_for(account)
    assert len(spent) == most


def test_more_posts_cost_no_more_queries(cast: Cast) -> None:
    for n in range(30):
        post = services.appoint(
            actor=cast.actor("organiser"),
            person=cast.people["commissioner"],
            unit=cast.units["TOWN"],
            post=f"委员{n}",
            since=date(2021, 1, 1),
        )
        RoleGrant.objects.create(appointment=post, role=Role.INSPECTOR, since=date(2021, 1, 1))
    account = cast.account("commissioner")
    with CaptureQueriesContext(connection) as spent:
        actor = actor_for(account)
    assert len(spent) == 1
    assert len(actor.grants_of(Permission.REVIEW_VIEW)) == 31


@pytest.mark.django_db
def test_holders_are_those_whose_grant_reaches_the_unit(cast: Cast) -> None:
    approvers = holders(Permission.REVIEW_APPROVE, cast.town)
    assert {p.pk for p in approvers} == {
        cast.people["leader"].pk,
        cast.people["county_leader"].pk,
    }
    assert [p.pk for p in holders(Permission.REVIEW_APPROVE, cast.units["OTHER"])] == [
        cast.people["county_leader"].pk
    ]
