"""Accounts: shown once, changed at first use, gone by themselves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shuzhi.kernel.access import Permission, Reach, actor_for
from shuzhi.kernel.errors import ForbiddenError, RefusedError
from shuzhi.kernel.models import Account, AuditEvent
from shuzhi.registry import queries, services
from shuzhi.registry.enums import Role
from tests.cast import Cast


def test_a_new_account_has_a_one_time_password(cast: Cast) -> None:
    person = services.add_person(
        actor=cast.actor("organiser"), name="黄河", home=cast.units["TOWN-01"]
    )
    account, password = services.create_account_for(actor=cast.actor("system"), person=person)
    assert account.username == "town-01-01"
    assert account.must_change
    assert account.check_password(password)
    assert len(password) == 14
    event = AuditEvent.objects.get(kind="registry.account_created")
    assert password not in str(event.before) + str(event.after)
    with pytest.raises(RefusedError, match="已有账号"):
        services.create_account_for(actor=cast.actor("system"), person=person)


def test_user_names_are_taken_once(cast: Cast) -> None:
    person = services.add_person(
        actor=cast.actor("organiser"), name="黄河", home=cast.units["TOWN-01"]
    )
    with pytest.raises(RefusedError, match="leader"):
        services.create_account_for(actor=cast.actor("system"), person=person, username="leader")


@pytest.mark.parametrize("part", ["organiser", "commissioner", "security", "audit", "leader"])
def test_only_the_system_administrator_opens_accounts(cast: Cast, part: str) -> None:
    with pytest.raises(ForbiddenError):
        services.reset_password(actor=cast.actor(part), person=cast.people["desk"])


def test_a_forgotten_password_is_replaced(cast: Cast) -> None:
    opened = services.reset_password(actor=cast.actor("system"), person=cast.people["secretary1"])
    account = Account.objects.get(username="secretary1")
    assert account.check_password(opened.password)
    assert account.must_change


def test_a_disabled_account_is_not_active(cast: Cast) -> None:
    system = cast.actor("system")
    services.disable_account(actor=system, person=cast.people["secretary1"])
    assert not Account.objects.get(username="secretary1").is_active
    with pytest.raises(RefusedError, match="自己"):
        services.disable_account(actor=system, person=cast.people["system"])


def test_a_teller_counts_and_nothing_else(cast: Cast) -> None:
    account, password = services.create_temporary_account(
        actor=cast.actor("commissioner"),
        name="计票员丙",
        role=Role.TELLER,
        unit=cast.units["TOWN"],
        until=timezone.now() + timedelta(days=1),
    )
    assert account.check_password(password)
    actor = actor_for(account)
    assert [(g.permission, g.reach) for g in actor.grants] == [(Permission.POLL_COUNT, Reach.OWN)]
    assert "计票员丙" not in [p.name for p in queries.people_in(cast.units["TOWN"].path)]


def test_an_expired_account_may_do_nothing(cast: Cast) -> None:
    account, _password = services.create_temporary_account(
        actor=cast.actor("commissioner"),
        name="计票员丙",
        role=Role.TELLER,
        unit=cast.units["TOWN"],
        until=timezone.now() + timedelta(days=1),
    )
    account.expires_at = timezone.now()
    account.save()
    assert actor_for(account).grants == ()


@pytest.mark.parametrize(
    ("role", "days", "says"),
    [(Role.LEADER, 1, "计票员"), (Role.TELLER, 32, "31 天"), (Role.TELLER, -1, "31 天")],
)
def test_what_a_temporary_account_may_not_be(cast: Cast, role: Role, days: int, says: str) -> None:
    with pytest.raises(RefusedError, match=says):
        services.create_temporary_account(
            actor=cast.actor("commissioner"),
            name="x",
            role=role,
            unit=cast.units["TOWN"],
            until=timezone.now() + timedelta(days=days),
        )
