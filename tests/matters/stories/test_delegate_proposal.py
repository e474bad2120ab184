"""A proposal: assigned in five working days, answered in thirty, done again until content."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from shuzhi.kernel.calendar import Workdays
from shuzhi.kernel.errors import ForbiddenError, MissingFactError, RefusedError
from shuzhi.matters.models import Matter
from shuzhi.matters.services import ask_extension, decide_extension
from tests.matters.stories.tale import PDF, Tale, day, today

REPLY: dict[str, Any] = {
    "reply": "已与公交公司商定，下月起每天增加早晚各一班。",
    "outcome": "solved",
    "paper": [PDF],
}
CONTENT = {"asked_on": day(0), "satisfaction": "satisfied"}
NOT = {"asked_on": day(0), "satisfaction": "dissatisfied", "remark": "班次没有真的增加"}


@pytest.fixture
def tale(tell: Callable[..., Tale]) -> Tale:
    return tell("delegate-proposal")


def filed(tale: Tale, received: str | None = None) -> Matter:
    return tale.open(
        "commissioner",
        "delegate-proposal",
        tale.cast.town,
        "增加进山公交班次",
        proposal="山里的学生早上赶不上第一节课，请增加早班车。",
        delegate="第三代表团代表",
        joined=4,
        filed_on=received or day(0),
    )


def assigned(tale: Tale, number: int = 1) -> Matter:
    matter = filed(tale)
    tale.step(matter, "commissioner", "check")
    tale.step(matter, "commissioner", "assign", {"handler": tale.cast.communities[number - 1]})
    return matter


def test_within_five_and_thirty_working_days_and_fifteen_more(tale: Tale) -> None:
    matter = filed(tale)
    assert matter.due == Workdays().after(today(), 5)
    tale.step(matter, "leader", "check", check_note="属本级职权，立案")
    with pytest.raises(RefusedError):
        tale.step(matter, "leader", "assign")
    with pytest.raises(RefusedError):
        tale.step(matter, "leader", "assign", {"handler": tale.cast.town})
    tale.step(matter, "leader", "assign", {"handler": tale.cast.communities[0]})
    assert matter.due == Workdays().after(today(), 30)
    secretary = tale.cast.actor("secretary1")
    asking: dict[str, Any] = {
        "actor": secretary,
        "matter": matter,
        "deadline": "answer",
        "reason": "等公交公司",
    }
    with pytest.raises(RefusedError):
        ask_extension(days=16, **asking)
    asked = ask_extension(days=15, **asking)
    decide_extension(actor=tale.cast.actor("commissioner"), extension=asked, approve=True)
    matter.refresh_from_db()
    assert matter.due == Workdays().after(Workdays().after(today(), 30), 15)
    with pytest.raises(RefusedError):
        ask_extension(days=1, **asking)


def test_the_five_days_run_from_receiving_not_from_typing(tale: Tale) -> None:
    matter = filed(tale, received=day(-20))
    assert matter.due == Workdays().after(today() - timedelta(days=20), 5) < today()
    tale.step(matter, "leader", "check")
    tale.step(matter, "leader", "assign", {"handler": tale.cast.communities[0]})
    assert matter.late
    assert tale.measures("proposal", tale.cast.town)["assigned_in_time_rate"] == 0


def test_a_handler_may_object_and_another_is_found(tale: Tale) -> None:
    matter = assigned(tale, 1)
    tale.refused(matter, "secretary2", "object", ForbiddenError, objection="不是我们的事")
    tale.step(matter, "secretary1", "object", objection="公交不归社区管")
    tale.step(matter, "commissioner", "assign", {"handler": tale.cast.communities[1]})
    tale.refused(matter, "secretary1", "answer", ForbiddenError, **REPLY)
    assert tale.step(matter, "secretary2", "answer", **REPLY) == "answered"


def test_dissatisfied_goes_round_again_until_content(tale: Tale) -> None:
    matter = assigned(tale)
    tale.refused(matter, "secretary1", "answer", MissingFactError, reply="正在研究")
    tale.step(matter, "secretary1", "answer", **REPLY)
    tale.refused(matter, "secretary1", "accept", ForbiddenError, **CONTENT)
    tale.refused(
        matter,
        "commissioner",
        "accept",
        MissingFactError,
        **(CONTENT | {"satisfaction": "dissatisfied"}),
    )
    tale.refused(
        matter, "commissioner", "again", MissingFactError, **(NOT | {"satisfaction": "satisfied"})
    )
    assert tale.step(matter, "commissioner", "again", **NOT) == "assigned"
    assert matter.due == Workdays().after(today(), 30)
    tale.step(matter, "secretary1", "answer", **REPLY)
    assert tale.step(matter, "commissioner", "accept", **CONTENT) == "closed"
    assert matter.round == 2


def test_reply_and_satisfaction_rates(tale: Tale) -> None:
    content, unhappy, open_, late = (assigned(tale, number) for number in (1, 2, 3, 1))
    declined = filed(tale)
    tale.step(
        declined,
        "commissioner",
        "decline",
        reason="属县级职权",
        reply="此事由县里答复，已转交县代表联络机构，十日内回您。",
    )
    for matter, part in ((content, "secretary1"), (unhappy, "secretary2")):
        tale.step(matter, part, "answer", **REPLY)
    tale.wait(late, 60)
    tale.step(late, "secretary1", "answer", **REPLY)
    tale.step(content, "commissioner", "accept", **CONTENT)
    tale.step(late, "commissioner", "accept", **(CONTENT | {"satisfaction": "fairly"}))
    tale.step(unhappy, "commissioner", "disagree", reason="班次已到运力上限", **NOT)
    found = tale.measures("proposal", tale.cast.town)
    assert (found["total"], found["done"], found["replied"]) == (4, 2, 3)
    assert (found["reply_rate"], str(found["satisfaction_rate"])) == (75, "66.67")
    assert str(found["answered_in_time_rate"]) == "66.67"
    assert open_.state_key == "assigned"
