"""A year's public-service items: within what can be afforded, promised, accepted with delegates."""

from collections.abc import Callable
from typing import Any

import pytest

from shuzhi.kernel.errors import ForbiddenError, MissingFactError, StateError
from shuzhi.matters.models import Matter
from tests.matters.stories.tale import PHOTO, Tale, day

ITEM: dict[str, Any] = {
    "goal": "旧菜场加装雨棚二百平方米",
    "money": "12.5",
    "funds": "集体收益八万元，镇里补助四万五千元",
    "due_on": day(120),
    "heard_on": day(0),
    "heard": "代表都赞成，希望留出消防通道。",
}
PROMISE = {"promised_on": day(0), "promised_to": "党员代表 20 人、居民代表 35 人"}
DONE: dict[str, Any] = {"result": "雨棚装好，通道留足三米。", "photos": [PHOTO]}


@pytest.fixture
def tale(tell: Callable[..., Tale]) -> Tale:
    return tell("public-service-item")


def proposed(tale: Tale, nth: int = 1, number: int = 1) -> Matter:
    home = tale.cast.communities[number - 1]
    return tale.open(f"secretary{number}", "public-service-item", home, "菜场雨棚", nth=nth, **ITEM)


def test_from_proposal_to_acceptance_with_delegates(tale: Tale) -> None:
    matter = proposed(tale)
    tale.refused(matter, "secretary1", "promise", StateError, **PROMISE)
    tale.refused(matter, "secretary1", "pass", ForbiddenError)
    assert tale.step(matter, "commissioner", "return", gate_note="超出财力，先做一半") == "revising"
    tale.step(matter, "secretary1", "propose", heard_on=day(0), heard="同意先做一半", money="6")
    tale.step(matter, "leader", "pass")
    tale.step(matter, "secretary1", "promise", **PROMISE)
    tale.refused(matter, "secretary1", "finish", MissingFactError, result="装好了装好了")
    tale.step(matter, "secretary1", "finish", **DONE)
    judged = {"finding": "到场看过", "voters": 30, "satisfied": 27, "dissatisfied": 3}
    tale.refused(matter, "secretary1", "accept", ForbiddenError, **judged)
    tale.refused(matter, "commissioner", "accept", MissingFactError, **(judged | {"voters": 29}))
    assert tale.step(matter, "commissioner", "accept", **judged) == "accepted"
    found = tale.measures("service_item", tale.cast.town)
    assert (found["total"], found["done"], found["satisfaction_rate"]) == (1, 1, 90)


def test_about_five_a_year_and_what_fails_is_counted(tale: Tale) -> None:
    with pytest.raises(MissingFactError):
        proposed(tale, nth=9)
    done, failed, waiting = proposed(tale, 1), proposed(tale, 2), proposed(tale, 3)
    for matter in (done, failed):
        tale.step(matter, "commissioner", "pass")
        tale.step(matter, "secretary1", "promise", **PROMISE)
    tale.step(done, "secretary1", "finish", **DONE)
    tale.step(done, "commissioner", "accept", finding="好", voters=9, satisfied=9, dissatisfied=0)
    tale.refused(failed, "secretary1", "fail", ForbiddenError, reason="做不成")
    tale.step(failed, "commissioner", "fail", reason="资金没有到位")
    found = tale.measures("service_item", tale.cast.town)
    assert (found["total"], found["done"], found["done_rate"]) == (2, 1, 50)
    assert waiting.state_key == "proposed"
