"""People and their dated posts."""

from datetime import date

import pytest

from shuzhi.kernel.errors import ForbiddenError, RefusedError
from shuzhi.registry import queries, services
from shuzhi.registry.models import Appointment
from shuzhi.registry.policy import leads
from tests.cast import Cast


@pytest.mark.parametrize("post", ["书记", "党委书记", "党工委书记", "支部书记", "党委书记、主任"])
def test_the_secretary_leads(post: str) -> None:
    assert leads(post)


@pytest.mark.parametrize(
    "post",
    ["副书记", "党委副书记", "纪委书记", "党委副书记、纪委书记", "第一书记", "团委书记", "主任"],
)
def test_others_do_not(post: str) -> None:
    assert not leads(post)


def test_the_secretary_of_a_day(cast: Cast) -> None:
    unit, old = cast.units["TOWN-01"], cast.post("secretary1")
    actor = cast.actor("commissioner")
    services.relieve(actor=actor, appointment=old, until=date(2026, 3, 31))
    services.appoint(
        actor=actor, person=cast.people["desk"], unit=unit, post="党委书记", since=date(2026, 4, 1)
    )
    assert queries.secretary_of(unit, date(2026, 3, 31)) == cast.people["secretary1"]
    assert queries.secretary_of(unit, date(2026, 4, 1)) == cast.people["desk"]
    assert queries.secretary_of(cast.units["OTHER"]) is None


def test_one_secretary_at_a_time(cast: Cast) -> None:
    with pytest.raises(RefusedError, match="书记1"):
        services.appoint(
            actor=cast.actor("commissioner"),
            person=cast.people["desk"],
            unit=cast.units["TOWN-01"],
            post="书记",
            since=date(2026, 4, 1),
        )


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (date(2020, 6, 1), None),
        (date(2019, 1, 1), date(2020, 1, 1)),
        (date(2019, 1, 1), None),
    ],
)
def test_nobody_holds_a_post_twice(cast: Cast, since: date, until: date | None) -> None:
    with pytest.raises(RefusedError, match="重复任职"):
        services.appoint(
            actor=cast.actor("commissioner"),
            person=cast.people["inspector"],
            unit=cast.units["TOWN"],
            post="督查员",
            since=since,
            until=until,
        )


def test_the_same_post_again_after_a_pause(cast: Cast) -> None:
    services.appoint(
        actor=cast.actor("commissioner"),
        person=cast.people["inspector"],
        unit=cast.units["TOWN"],
        post="督查员",
        since=date(2018, 1, 1),
        until=date(2019, 12, 31),
    )
    assert queries.posts_of(cast.people["inspector"]).count() == 2


def test_dates_run_forward(cast: Cast) -> None:
    actor = cast.actor("commissioner")
    with pytest.raises(RefusedError, match="早于"):
        services.relieve(actor=actor, appointment=cast.post("secretary1"), until=date(2019, 12, 31))
    assert Appointment.objects.get(pk=cast.post("secretary1").pk).until is None


def test_another_towns_post_is_out_of_reach(cast: Cast) -> None:
    with pytest.raises(ForbiddenError):
        services.relieve(
            actor=cast.actor("outsider"),
            appointment=cast.post("secretary1"),
            until=date(2026, 1, 1),
        )


def test_people_stand_by_strokes_and_a_dispute_is_settled_by_hand(cast: Cast) -> None:
    actor, home = cast.actor("commissioner"), cast.units["TOWN-01"]
    for name in ("张国栋", "李向阳", "丁守义"):
        person = services.add_person(actor=actor, name=name, home=home)
    assert [who.name for who in queries.people_in(home.path)] == [
        "丁守义",
        "书记1",
        "李向阳",
        "张国栋",
    ]
    facts = {"name": person.name, "home": home, "phone": "", "sort_as": "赵守义"}
    services.change_person(actor=actor, person=person, **facts)
    assert [who.name for who in queries.people_in(home.path)][-1] == "丁守义"
