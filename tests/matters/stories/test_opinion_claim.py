"""An opinion: claimed in public, diagnosed together, put right under a countdown, answered."""

from collections.abc import Callable
from typing import Any

import pytest

from shuzhi.kernel.errors import ForbiddenError, MissingFactError, StateError
from shuzhi.matters.mechanism import mechanism_of
from shuzhi.matters.models import Matter
from tests.matters.stories.tale import PDF, Tale, day

CLAIMED = {"claimed_on": day(0), "claimed_at": "meeting"}
DIAGNOSED = {
    "diagnosed_on": day(0),
    "attended": "组织办、民政办、村镇办",
    "cause": "三个部门各要一份表",
    "remedy": "合成一张表，由组织办收，其他部门共用。",
    "due_on": day(30),
}
DONE: dict[str, Any] = {"result": "三张表合成了一张，本月起用。", "evidence": [PDF]}
ANSWER = {"answered_on": day(0), "reply": "各部门要的表合成一张，一次填报。"}


@pytest.fixture
def tale(tell: Callable[..., Tale]) -> Tale:
    return tell("opinion-claim")


def opinion(tale: Tale) -> Matter:
    return tale.open(
        "commissioner",
        "opinion-claim",
        tale.cast.town,
        "表格太多，重复填报",
        opinion="同样的数一个月要填三遍。",
        gathered="survey",
    )


def test_claimed_by_whoever_presses_the_button(tale: Tale) -> None:
    matter = opinion(tale)
    tale.refused(matter, "secretary1", "claim", ForbiddenError, **CLAIMED)
    assert tale.step(matter, "leader", "claim", **CLAIMED) == "claimed"
    claimant = matter.parties.get(party="claimant")
    assert claimant.person == tale.cast.people["leader"]
    tale.refused(matter, "commissioner", "claim", StateError, **CLAIMED)
    tale.refused(matter, "commissioner", "diagnose", ForbiddenError, **DIAGNOSED)
    tale.refused(matter, "leader", "diagnose", MissingFactError, **(DIAGNOSED | {"cause": ""}))
    tale.step(matter, "leader", "diagnose", **DIAGNOSED)
    assert matter.due
    assert (matter.due - matter.opened_on).days == 30
    tale.step(matter, "leader", "report", **DONE)
    tale.refused(matter, "leader", "confirm", ForbiddenError, finding="改好了")
    assert tale.step(matter, "inspector", "refuse", finding="还有一张没有合") == "working"
    tale.step(matter, "leader", "report", **DONE)
    tale.step(matter, "inspector", "confirm", finding="确已合成一张")
    tale.refused(matter, "leader", "answer", ForbiddenError, **ANSWER)
    assert tale.step(matter, "commissioner", "answer", **ANSWER) == "answered"
    found = tale.measures("opinion", tale.cast.town)
    assert (found["total"], found["done"], found["claimed"]) == (1, 1, 1)
    assert (found["answered_rate"], found["reopened_rate"]) == (100, 0)


def test_what_nobody_claims_is_assigned(tale: Tale) -> None:
    matter = opinion(tale)
    tale.wait(matter, 20)
    assert tale.measures("opinion", tale.cast.town)["overdue"] == 1
    person = tale.cast.people["inspector"]
    assert tale.step(matter, "commissioner", "assign", {"claimant": person}) == "claimed"
    tale.refused(matter, "leader", "diagnose", ForbiddenError, **DIAGNOSED)
    tale.step(matter, "inspector", "diagnose", **DIAGNOSED)
    assert tale.measures("opinion", tale.cast.town)["claimed"] == 0


def test_what_cannot_be_done_is_explained_and_not_counted_as_done(tale: Tale) -> None:
    matter = opinion(tale)
    tale.refused(matter, "commissioner", "explain", MissingFactError, reason="上级统一要求")
    tale.step(matter, "commissioner", "explain", reason="表由上级统一规定", **ANSWER)
    found = tale.measures("opinion", tale.cast.town)
    assert (found["total"], found["done"], found["answered_rate"]) == (1, 0, 100)


def test_no_field_asks_who_gave_the_opinion(tale: Tale) -> None:
    plan = mechanism_of(opinion(tale).reference).plan
    assert [fact.id for fact in plan.fields if fact.personal] == []
