"""A member's commitment: the branch keeps the gate, and whoever typed it may not check it."""

from collections.abc import Callable
from typing import Any

import pytest

from shuzhi.kernel.errors import ForbiddenError
from shuzhi.matters.models import Matter
from shuzhi.registry.enums import Role
from tests.matters.stories.tale import PDF, Tale, day

GOAL = {"goal": "每周六上午陪两位独居老人买菜", "due_on": day(90)}
CONSULTED = {
    "consulted_on": day(0),
    "consulted_whom": "支部党员 12 人",
    "opinions": "改为每周一次。",
}
PUBLISHED = {"publications": [{"channel": "meeting", "published_on": day(0)}]}
DONE: dict[str, Any] = {"result": "陪了十二个周六，两位老人都说好。", "evidence": [PDF]}
CHECKED = {"check_by": "asked", "finding": "问过老人，属实。"}


@pytest.fixture
def tale(tell: Callable[..., Tale]) -> Tale:
    made = tell("commitment-member")
    home = made.cast.communities[0]
    made.join("member", home)
    made.join("deputy", home, Role.SECRETARY)
    return made


def promise(tale: Tale, part: str, who: str) -> Matter:
    home, member = tale.cast.communities[0], tale.cast.people[who]
    return tale.open(part, "commitment-member", home, "周六陪老人买菜", {"member": member}, **GOAL)


def test_a_member_promises_and_the_branch_checks(tale: Tale) -> None:
    matter = promise(tale, "member", "member")
    tale.step(matter, "member", "submit", **CONSULTED)
    tale.refused(matter, "member", "pass", ForbiddenError)
    tale.step(matter, "secretary1", "pass")
    tale.step(matter, "member", "publish", **PUBLISHED)
    tale.step(matter, "member", "fulfil", **DONE)
    tale.refused(matter, "commissioner", "confirm", ForbiddenError, **CHECKED)
    assert tale.step(matter, "secretary1", "confirm", **CHECKED) == "kept"
    voted = {"voted_on": day(0), "vote_at": "group", "voters": 9, "satisfied": 6, "fairly": 1,
             "dissatisfied": 2, "counted_by": "党小组长"}  # fmt: skip
    tale.refused(matter, "member", "vote", ForbiddenError, **voted)
    assert tale.step(matter, "secretary1", "vote", **voted) == "voted"
    found = tale.measures("commitment.member", tale.cast.town)
    assert (found["total"], found["done"], found["done_rate"], found["voted"]) == (1, 1, 100, 1)
    assert str(found["satisfaction_rate"]) == "77.78"


def test_whoever_types_for_a_member_may_not_check(tale: Tale) -> None:
    matter = promise(tale, "secretary1", "member")
    tale.step(matter, "secretary1", "submit", **CONSULTED)
    tale.refused(matter, "secretary1", "pass", ForbiddenError)
    tale.step(matter, "deputy", "pass")
    tale.step(matter, "secretary1", "publish", **PUBLISHED)
    tale.step(matter, "secretary1", "fulfil", **DONE)
    tale.refused(matter, "secretary1", "confirm", ForbiddenError, **CHECKED)
    tale.refused(matter, "secretary1", "break", ForbiddenError, reason="没有办成")
    assert tale.step(matter, "deputy", "confirm", **CHECKED) == "kept"


def test_a_secretary_promises_as_a_member_and_others_judge(tale: Tale) -> None:
    matter = promise(tale, "secretary1", "secretary1")
    tale.step(matter, "secretary1", "submit", **CONSULTED)
    tale.refused(matter, "secretary1", "pass", ForbiddenError)
    tale.step(matter, "deputy", "pass")
    tale.step(matter, "secretary1", "publish", **PUBLISHED)
    tale.step(matter, "secretary1", "fulfil", **DONE)
    tale.refused(matter, "secretary1", "confirm", ForbiddenError, **CHECKED)
    assert tale.step(matter, "deputy", "confirm", **CHECKED) == "kept"


def test_nobody_promises_in_anothers_name(tale: Tale) -> None:
    with pytest.raises(ForbiddenError):
        promise(tale, "member", "deputy")
    with pytest.raises(ForbiddenError):
        promise(tale, "secretary2", "member")
