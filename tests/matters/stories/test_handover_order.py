"""An order: numbered, signed for, done, checked by whoever handed it over, looked back on."""

from collections.abc import Callable
from typing import Any

import pytest

from shuzhi.kernel.errors import ForbiddenError, MissingFactError, StateError
from shuzhi.matters.models import Matter
from shuzhi.matters.services import ask_extension, decide_extension
from tests.matters.stories.tale import PDF, Tale, day

DONE: dict[str, Any] = {"result": "消防通道已经清空，物业贴了告示。", "evidence": [PDF]}


@pytest.fixture
def tale(tell: Callable[..., Tale]) -> Tale:
    return tell("handover-order")


def order(tale: Tale, number: int = 1) -> Matter:
    return tale.open(
        "commissioner",
        "handover-order",
        tale.cast.communities[number - 1],
        "清理三号楼消防通道",
        source="inspection",
        requirement="通道不得堆物，一周内清空",
        due_on=day(10),
    )


def test_from_order_to_looking_back(tale: Tale) -> None:
    first, second = order(tale, 1), order(tale, 2)
    assert first.number.endswith("1号")
    assert second.number.endswith("2号")
    tale.refused(first, "secretary1", "report", StateError, **DONE)
    tale.step(first, "secretary1", "sign", contact="网格长")
    tale.refused(first, "secretary1", "report", MissingFactError, result="已经全部清理完毕了。")
    tale.step(first, "secretary1", "report", **DONE)
    tale.refused(first, "secretary1", "accept", ForbiddenError, finding="好")
    assert tale.step(first, "commissioner", "refuse", finding="又堆上了") == "working"
    tale.step(first, "secretary1", "report", **DONE)
    assert tale.step(first, "leader", "accept", finding="清空了") == "closed"
    assert (
        tale.step(first, "inspector", "look_back", looked_on=day(0), finding="没有反弹")
        == "settled"
    )
    assert first.round == 2
    found = tale.measures("order", tale.cast.town)
    assert (found["total"], found["done"], found["done_rate"]) == (2, 1, 50)


def test_more_time_is_asked_for_and_granted_by_others(tale: Tale) -> None:
    matter = order(tale)
    tale.step(matter, "secretary1", "sign")
    asked = ask_extension(
        actor=tale.cast.actor("secretary1"),
        matter=matter,
        deadline="finish",
        days=7,
        reason="等吊车",
    )
    with pytest.raises(ForbiddenError):
        decide_extension(actor=tale.cast.actor("secretary1"), extension=asked, approve=True)
    decide_extension(actor=tale.cast.actor("commissioner"), extension=asked, approve=True)
    tale.wait(matter, 12)
    assert tale.measures("order", tale.cast.town)["overdue"] == 0
    tale.wait(matter, 6)
    assert tale.measures("order", tale.cast.town)["overdue"] == 1
    tale.step(matter, "leader", "account", accountability="镇党委会研究，对责任人谈话提醒")
    tale.step(matter, "secretary1", "report", **DONE)
    tale.step(matter, "commissioner", "accept", finding="清空了")
    assert matter.late
