"""Rectification: at once, by a date, for long; re-inspected by others, again if it fails."""

from collections.abc import Callable
from typing import Any

import pytest

from shuzhi.kernel.errors import ForbiddenError, MissingFactError, StateError
from shuzhi.kernel.models import AuditEvent
from shuzhi.matters.models import Matter
from shuzhi.matters.services.reminding import daily_round
from shuzhi.registry.enums import Role
from tests.matters.stories.tale import PDF, Tale, day, today

PLAN = {"measures": [{"measure": "每周对账", "who": "副书记", "by_when": day(20)}]}
DONE: dict[str, Any] = {"result": "账目已经补齐并在公示栏贴出。", "evidence": [PDF]}
SEEN = {"inspected_on": day(0), "finding": "逐笔核对过。"}


@pytest.fixture
def tale(tell: Callable[..., Tale]) -> Tale:
    return tell("rectification-notice")


def notice(tale: Tale, mode: str, number: int = 1) -> Matter:
    return tale.open(
        "commissioner",
        "rectification-notice",
        tale.cast.communities[number - 1],
        "党务公开栏半年没有更新",
        {"inspector": tale.cast.people["inspector"]},
        trigger="neglected",
        problem="公开栏停留在去年十二月",
        mode=mode,
        due_on=day(30),
    )


def test_who_belongs_to_the_unit_does_not_re_inspect_it(tale: Tale) -> None:
    """Whoever is named, and though a colleague has done and reported the work."""
    home, named = tale.cast.communities[0], {"inspector": tale.cast.people["secretary1"]}
    tale.join("colleague", home, Role.SECRETARY)
    matter = tale.open("commissioner", "rectification-notice", home, "公开栏停更", named,
                       problem="公开栏停更", mode="by_date", due_on=day(30))  # fmt: skip
    tale.step(matter, "colleague", "plan", **PLAN)
    tale.step(matter, "colleague", "report", **DONE)
    for name in ("pass", "fail"):
        tale.refused(matter, "secretary1", name, ForbiddenError, **SEEN)
    assert tale.step(matter, "commissioner", "pass", **SEEN) == "closed"


def test_it_fails_goes_round_again_and_passes_with_its_history(tale: Tale) -> None:
    matter = notice(tale, "by_date")
    tale.refused(matter, "secretary1", "fix", StateError, **PLAN, **DONE)
    tale.refused(matter, "secretary1", "plan", MissingFactError)
    tale.step(matter, "secretary1", "plan", cause="没有专人管", **PLAN)
    leaf = AuditEvent.objects.filter(kind="matter.step").latest("pk").payload
    assert "没有专人管" in leaf
    assert "副书记" not in leaf, "who does it stays out of the proof log's leaf"
    tale.step(matter, "secretary1", "report", **DONE)
    tale.refused(matter, "secretary1", "pass", ForbiddenError, **SEEN)
    tale.refused(matter, "commissioner", "hold", StateError, **SEEN)
    assert (
        tale.step(matter, "inspector", "fail", inspected_on=day(0), finding="只贴了一张")
        == "working"
    )
    tale.step(matter, "secretary1", "report", **DONE)
    assert tale.step(matter, "inspector", "pass", **SEEN) == "closed"
    assert matter.round == 2
    told = [row.step for row in matter.story.all() if row.step]
    assert told == ["plan", "report", "fail", "report", "pass"]
    assert [row.facts["finding"] for row in matter.story.all() if "finding" in row.facts] == [
        "只贴了一张",
        "逐笔核对过。",
    ]
    tale.refused(matter, "secretary1", "reopen", ForbiddenError, reason="再看看")
    assert tale.step(matter, "commissioner", "reopen", reason="又停更两个月") == "working"
    found = tale.measures("rectification", tale.cast.town)
    assert (found["total"], found["done"], found["reopened_rate"]) == (1, 0, 100)
    assert found["failed_once"] == 1


def test_at_once_needs_no_plan_first_but_another_pair_of_eyes(tale: Tale) -> None:
    matter = notice(tale, "immediate")
    assert tale.step(matter, "secretary1", "fix", **PLAN, **DONE) == "reported"
    tale.refused(matter, "secretary1", "pass", ForbiddenError, **SEEN)
    assert tale.step(matter, "commissioner", "pass", **SEEN) == "closed"


def test_what_lasts_is_looked_at_again_and_again(tale: Tale) -> None:
    matter = notice(tale, "lasting")
    tale.step(matter, "secretary1", "plan", **PLAN)
    tale.step(matter, "secretary1", "report", **DONE)
    tale.refused(matter, "commissioner", "pass", StateError, **SEEN)
    assert tale.step(matter, "inspector", "hold", **SEEN) == "lasting"
    due = matter.due
    assert due
    tale.wait(matter, 100)
    assert tale.step(matter, "commissioner", "look", **SEEN) == "lasting"
    assert matter.due == due, "the next look is owed a full half-year from this one"
    assert tale.step(matter, "commissioner", "settle", **SEEN) == "closed"


def test_overdue_counts_down_and_is_counted(tale: Tale) -> None:
    matter, other = notice(tale, "by_date"), notice(tale, "by_date", 2)
    tale.step(matter, "secretary1", "plan", **PLAN)
    tale.wait(matter, 31)
    assert tale.measures("rectification", tale.cast.town)["overdue"] == 1
    tale.step(matter, "secretary1", "report", **DONE)
    tale.step(matter, "commissioner", "pass", **SEEN)
    tale.step(other, "commissioner", "withdraw", reason="发错了单位")
    found = tale.measures("rectification", tale.cast.town)
    assert (found["total"], found["done"], found["on_time_rate"]) == (1, 1, 0)


def test_a_late_re_inspection_is_told_above_the_side_that_owes_it(tale: Tale) -> None:
    matter = notice(tale, "by_date")
    tale.step(matter, "secretary1", "plan", **PLAN)
    tale.step(matter, "secretary1", "report", **DONE)
    matter.deadlines.filter(key="recheck").update(base=day(-30), due_on=day(-9))
    daily_round(today())
    assert matter.deadlines.get(key="recheck").escalated_to == tale.cast.county
