"""Feedback on a meeting: sent to all, who has not reported, what merely repeats the circular."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from shuzhi.kernel.errors import ForbiddenError, MissingFactError
from shuzhi.matters.models import Digest, Matter
from shuzhi.matters.services.reminding import daily_round
from tests.matters.stories.tale import Tale, day, today

CIRCULAR = (
    "各社区要把会议精神传达到每一个支部，结合实际制定贯彻落实的具体措施，明确责任人和完成时限，"
    "于月底前上报贯彻落实情况。"
)
OWN = "我们社区两个弱支部由副书记各包一个，七月前把活动室的桌椅换好，每月底在楼道贴出进度。"
ACTIONS = {"actions": [{"action": "换桌椅", "who": "副书记", "by_when": day(40)}]}


@pytest.fixture
def tale(tell: Callable[..., Tale]) -> Tale:
    return tell("meeting-feedback")


@pytest.fixture
def owed(tale: Tale) -> list[Matter]:
    return tale.send(
        "commissioner",
        "meeting-feedback",
        tale.cast.communities,
        "全镇组织工作会议",
        held_on=day(0),
        circular=CIRCULAR,
        due_on=day(5),
    )


def test_who_has_not_reported(tale: Tale, owed: list[Matter]) -> None:
    first, second, third = owed
    assert len({row.dispatch for row in owed}) == 1
    tale.refused(first, "secretary2", "report", ForbiddenError, report=OWN, **ACTIONS)
    tale.refused(first, "secretary1", "report", MissingFactError, report=OWN)
    tale.step(first, "secretary1", "report", report=OWN, **ACTIONS)
    tale.refused(first, "secretary1", "accept", ForbiddenError)
    tale.step(first, "commissioner", "accept")
    tale.step(third, "commissioner", "exempt", reason="书记住院，由镇里代报")
    for row in owed:
        tale.wait(row, 8)
    found = tale.measures("feedback", tale.cast.town)
    assert (found["total"], found["done"], found["overdue"]) == (2, 1, 1)
    assert found["reported_rate"] == 50
    missing = Matter.objects.filter(dispatch=first.dispatch, state__key="owed")
    assert list(missing) == [second]
    daily_round(today())
    told = {row.person: row.lines for row in Digest.objects.all()}
    assert told[tale.cast.people["secretary2"]] == {"overdue": [second.public_id]}
    assert told[tale.cast.people["leader"]] == {"above": [second.public_id]}, "the grace is over"
    assert not {tale.cast.people["secretary1"], tale.cast.people["secretary3"]} & told.keys()
    tale.step(second, "secretary2", "report", report=OWN, **ACTIONS)
    tomorrow = daily_round(today() + timedelta(days=1))
    assert tomorrow
    assert tomorrow.escalated == 0
    assert not Digest.objects.filter(day__gt=today(), person__account__username="secretary2")


def test_a_copied_report_is_marked_and_sent_back(tale: Tale, owed: list[Matter]) -> None:
    first, second, third = owed
    tale.step(first, "secretary1", "report", report=CIRCULAR.replace("各社区", "本社区"), **ACTIONS)
    marked = tale.told(first).marks
    assert marked[0]["of"] == "circular"
    assert marked[0]["percent"] >= 90
    assert tale.step(first, "commissioner", "return", remark="照抄通知，没有举措") == "owed"
    tale.step(first, "secretary1", "report", report=OWN, **ACTIONS)
    assert tale.told(first).marks == []
    tale.step(second, "secretary2", "report", report=OWN.replace("七月", "八月"), **ACTIONS)
    assert tale.told(second).marks[0]["of"] == first.public_id
    tale.step(
        third,
        "secretary3",
        "report",
        report="下周三开支委会定清单，独居老人三户由我自己联系。",
        **ACTIONS,
    )
    assert tale.told(third).marks == []
