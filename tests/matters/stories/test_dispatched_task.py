"""One task to many units: each does its own, whoever sent it confirms, all or none."""

from collections.abc import Callable

import pytest

from shuzhi.kernel.errors import ForbiddenError, MissingFactError, RefusedError
from shuzhi.matters.models import Matter
from tests.matters.stories.tale import Tale, day

TASK = {"content": "节前查一遍出租房的电线和灭火器", "due_on": day(7)}


@pytest.fixture
def tale(tell: Callable[..., Tale]) -> Tale:
    return tell("dispatched-task")


@pytest.fixture
def sent(tale: Tale) -> list[Matter]:
    return tale.send(
        "commissioner", "dispatched-task", tale.cast.communities, "节前安全检查", **TASK
    )


def test_each_unit_does_its_own(tale: Tale, sent: list[Matter]) -> None:
    first, second, third = sent
    assert len({row.dispatch for row in sent}) == 1
    tale.refused(first, "secretary2", "report", ForbiddenError, result="查过了，都好")
    tale.refused(first, "secretary1", "report", MissingFactError)
    tale.step(first, "secretary1", "report", result="查了 46 户，换灭火器 5 个")
    tale.refused(first, "secretary1", "confirm", ForbiddenError)
    tale.step(first, "commissioner", "confirm")
    tale.step(second, "secretary2", "report", result="查过了，都好")
    assert tale.step(second, "leader", "return", remark="写清查了几户") == "working"
    for row in sent:
        tale.wait(row, 9)
    found = tale.measures("task", tale.cast.town)
    assert (found["total"], found["done"], found["overdue"]) == (3, 1, 2)
    assert tale.measures("task", tale.cast.communities[0])["done_rate"] == 100
    assert third.state_key == "working"


def test_all_or_none(tale: Tale) -> None:
    with pytest.raises(MissingFactError):
        tale.send(
            "commissioner", "dispatched-task", tale.cast.communities, "检查", content="查电线"
        )
    with pytest.raises(RefusedError):
        tale.send("commissioner", "dispatched-task", [], "检查", **TASK)
    with pytest.raises(ForbiddenError):
        tale.send("secretary1", "dispatched-task", tale.cast.communities, "检查", **TASK)
    assert not Matter.objects.exists()
