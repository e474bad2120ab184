"""A group's visits: announced or not, with a checklist; findings become orders at once."""

from collections.abc import Callable
from typing import Any

import pytest

from shuzhi.kernel.errors import ForbiddenError, MissingFactError, StateError
from shuzhi.kernel.models import AuditEvent
from shuzhi.matters.facts import FactsError
from shuzhi.matters.models import Matter
from shuzhi.matters.queries.telling import story
from tests.matters.stories.tale import PHOTO, Tale, day

PLAN = {
    "group": "第二督查组",
    "due_on": day(14),
    "checklist": [{"item": "支部记录是不是当场记的"}, {"item": "公示栏多久换一次"}],
}
VISIT: dict[str, Any] = {
    "visited_on": day(0),
    "results": [
        {"item": "支部记录是不是当场记的", "outcome": "lacking", "seen": "三次会同一支笔一次写成"},
        {"item": "公示栏多久换一次", "outcome": "sound"},
    ],
    "found": "problems",
    "summary": "记录事后补写，公示栏每月更换。",
    "photos": [PHOTO],
    "findings": [{"problem": "会议记录补写", "requirement": "当场记录", "due_on": day(20)}],
}


@pytest.fixture
def tale(tell: Callable[..., Tale]) -> Tale:
    return tell("inspection-visit", "handover-order")


def planned(tale: Tale, manner: str, number: int = 1) -> Matter:
    place = tale.cast.communities[number - 1].code
    group = [{"member": tale.cast.people["inspector"], "duty": "组长"},
             {"member": tale.cast.people["desk"]}]  # fmt: skip
    facts = PLAN | {"manner": manner, "place": place, "members": group}
    return tale.open("inspector", "inspection-visit", tale.cast.town, "查支部记录", **facts)


def test_a_group_is_of_people_whom_the_register_knows(tale: Tale) -> None:
    facts = PLAN | {"manner": "inspection", "place": tale.cast.communities[0].code}
    for member in ("某组员", ""):
        with pytest.raises(FactsError):
            tale.open("inspector", "inspection-visit", tale.cast.town, "查支部记录",
                      members=[{"member": member}], **facts)  # fmt: skip
    matter = planned(tale, "inspection")
    leader = tale.cast.people["inspector"]
    assert matter.facts["members"][0] == {"member": leader.public_id, "duty": "组长"}
    shown = [line for entry in story(matter) for line in entry.lines if line.label == "组员"]
    assert shown[0].rows[0] == (leader.name, "组长")
    assert leader.public_id not in AuditEvent.objects.get(kind="matter.opened").payload


def test_an_unannounced_visit_becomes_an_order_on_the_spot(tale: Tale) -> None:
    matter = planned(tale, "unannounced")
    tale.refused(matter, "inspector", "announce", StateError)
    tale.refused(matter, "inspector", "visit", StateError, **VISIT)
    tale.refused(matter, "secretary1", "drop_in", ForbiddenError, **VISIT)
    tale.refused(matter, "inspector", "drop_in", MissingFactError, visited_on=day(0))
    assert tale.step(matter, "inspector", "drop_in", **VISIT) == "visited"
    order = Matter.objects.get(origin=matter)
    assert (order.mechanism, order.unit) == ("handover-order", tale.cast.communities[0])
    assert order.facts["source"] == "unannounced"
    assert order.facts["due_on"] == day(20)
    assert order.state_key == "issued"
    tale.refused(matter, "inspector", "acknowledge", ForbiddenError)
    assert tale.step(matter, "secretary1", "acknowledge", objection="当天下着雨") == "acknowledged"
    found = tale.measures("inspection", tale.cast.town)
    assert (found["total"], found["done"], found["with_findings"]) == (1, 1, 1)
    assert found["unannounced_rate"] == 100


def test_the_unit_does_not_see_an_unannounced_visit_coming(tale: Tale) -> None:
    secret, told = planned(tale, "unannounced"), planned(tale, "inspection")
    tale.step(told, "inspector", "announce")
    assert tale.seen("secretary1") == {told}
    assert tale.seen("inspector") >= {secret, told}
    tale.step(secret, "inspector", "drop_in", **VISIT)
    assert {secret, told} <= tale.seen("secretary1")


def test_an_announced_visit_without_findings(tale: Tale) -> None:
    matter = planned(tale, "inspection", 2)
    tale.refused(matter, "inspector", "drop_in", StateError, **VISIT)
    tale.step(matter, "inspector", "announce")
    clean = VISIT | {"found": "nothing", "findings": []}
    tale.step(matter, "commissioner", "visit", **clean)
    assert not Matter.objects.filter(origin=matter).exists()
    assert tale.measures("inspection", tale.cast.town)["with_findings"] == 0


def test_a_group_does_not_inspect_its_own_unit(tale: Tale) -> None:
    group = [{"member": tale.cast.people["inspector"]}]
    facts = PLAN | {"manner": "unannounced", "place": tale.cast.town.code, "members": group}
    matter = tale.open("inspector", "inspection-visit", tale.cast.town, "查自己", **facts)
    tale.refused(matter, "inspector", "drop_in", **VISIT)
