"""Leaving office: listed, taken over item by item, witnessed; unfinished matters go on."""

from collections.abc import Callable
from typing import Any

import pytest

from shuzhi.kernel.errors import ForbiddenError, MissingFactError, RefusedError
from shuzhi.matters.facts import FactsError
from shuzhi.matters.models import Matter
from tests.matters.stories.tale import PDF, Tale, day

ITEMS = [
    {"kind": "money", "item": "活动经费账", "state": "结余 3120 元，账实相符"},
    {"kind": "seal", "item": "党总支印章", "state": "一枚"},
    {"kind": "unfinished", "item": "后巷排水改造", "state": "已招标，等开工", "due_on": day(60)},
]
LISTED: dict[str, Any] = {"items": ITEMS, "accounts": [PDF]}
WITNESSED = {"witnessed_on": day(0), "finding": "三方在场，逐项点清"}


@pytest.fixture
def tale(tell: Callable[..., Tale]) -> Tale:
    made = tell("leaving-office-handover", "dispatched-task")
    made.join("successor", made.cast.communities[0])
    return made


def handover(tale: Tale, **parties: str) -> Matter:
    named = {"leaver": "secretary1", "successor": "successor"} | parties
    people = {name: tale.cast.people[part] for name, part in named.items()}
    home = tale.cast.communities[0]
    title = "党总支书记离任交接"
    return tale.open("commissioner", "leaving-office-handover", home, title, people, left_on=day(0))


def test_listed_taken_over_and_witnessed(tale: Tale) -> None:
    matter = handover(tale)
    tale.refused(matter, "successor", "list", ForbiddenError, **LISTED)
    tale.refused(matter, "secretary1", "list", MissingFactError)
    tale.step(matter, "secretary1", "list", **LISTED)
    tale.refused(matter, "secretary1", "receive", ForbiddenError, received_on=day(0))
    assert tale.step(matter, "successor", "dispute", difference="印章少一枚") == "listing"
    tale.step(matter, "secretary1", "list", **LISTED)
    tale.step(matter, "successor", "receive", received_on=day(0))
    tale.refused(matter, "successor", "witness", ForbiddenError, **WITNESSED)
    assert tale.step(matter, "leader", "witness", **WITNESSED) == "handed_over"
    going_on = Matter.objects.get(origin=matter)
    assert (going_on.mechanism, going_on.title) == ("dispatched-task", "后巷排水改造")
    assert going_on.facts["due_on"] == day(60)
    found = tale.measures("handover", tale.cast.town)
    assert (found["total"], found["done"], found["on_time_rate"]) == (1, 1, 100)


def test_an_unfinished_matter_without_a_date_gets_one_from_the_witness(tale: Tale) -> None:
    matter = handover(tale)
    undated = [{name: said for name, said in ITEMS[2].items() if name != "due_on"}]
    tale.step(matter, "secretary1", "list", items=undated)
    tale.step(matter, "successor", "receive", received_on=day(0))
    tale.refused(matter, "leader", "witness", MissingFactError, **WITNESSED)
    tale.step(matter, "leader", "witness", due_on=day(30), **WITNESSED)
    assert Matter.objects.get(origin=matter).facts["due_on"] == day(30)


def test_what_no_longer_fits_goes_back_to_be_listed_again(tale: Tale) -> None:
    matter = handover(tale)
    late = LISTED | {"items": [ITEMS[2] | {"due_on": day(-1)}]}
    tale.refused(matter, "secretary1", "list", FactsError, **late)
    tale.step(matter, "secretary1", "list", **LISTED)
    assert tale.step(matter, "successor", "dispute", difference="印章少一枚") == "listing"
    alive = matter.deadlines.filter(state="running").values_list("key", flat=True)
    assert list(alive) == ["list"], "the successor's days do not run while another lists"
    tale.step(matter, "secretary1", "list", **LISTED)
    tale.step(matter, "successor", "receive", received_on=day(0))
    Matter.objects.filter(pk=matter.pk).update(facts=matter.facts | late_facts(matter))
    matter.refresh_from_db()
    tale.refused(matter, "leader", "witness", FactsError, **WITNESSED)
    assert tale.step(matter, "leader", "return", reason="日期已过，请重报") == "listing"
    tale.step(matter, "secretary1", "list", **LISTED)
    tale.step(matter, "successor", "receive", received_on=day(0))
    assert tale.step(matter, "leader", "witness", **WITNESSED) == "handed_over"


def late_facts(matter: Matter) -> dict[str, Any]:
    """Return the list as it reads once its date has gone by."""
    return {"items": [row | ({"due_on": day(-1)} if "due_on" in row else {})
                      for row in matter.facts["items"]]}  # fmt: skip


def test_late_lists_are_late(tale: Tale) -> None:
    matter = handover(tale)
    tale.wait(matter, 30)
    assert tale.measures("handover", tale.cast.town)["overdue"] == 1
    tale.step(matter, "secretary1", "list", **LISTED)
    assert matter.late


def test_nobody_hands_over_to_themselves(tale: Tale) -> None:
    with pytest.raises(RefusedError):
        handover(tale, successor="secretary1")
