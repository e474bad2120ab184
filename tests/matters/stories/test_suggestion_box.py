"""A suggestion box: entered, seen to, answered in public, and nobody asks who put it in."""

from collections.abc import Callable

import pytest

from shuzhi.kernel.errors import ForbiddenError, MissingFactError
from shuzhi.matters.mechanism import mechanism_of
from shuzhi.matters.models import Matter
from tests.matters.stories.tale import Tale, day

ANSWER = {"outcome": "adopted", "reply": "下周起食堂中午多开一个窗口。"}
POSTED = {"posted": "board", "posted_on": day(0)}


@pytest.fixture
def tale(tell: Callable[..., Tale]) -> Tale:
    return tell("suggestion-box")


def slip(tale: Tale) -> Matter:
    return tale.open(
        "commissioner",
        "suggestion-box",
        tale.cast.town,
        "食堂排队太久",
        suggestion="中午排队半小时，能不能多开一个窗口。",
        box="一楼大厅",
        opened_on=day(0),
        openers="党建办、工会各一人",
    )


def test_every_slip_is_answered_in_public(tale: Tale) -> None:
    matter = slip(tale)
    handler = {"handler": tale.cast.people["leader"]}
    tale.refused(matter, "secretary1", "assign", ForbiddenError, handler)
    tale.step(matter, "commissioner", "assign", handler)
    tale.refused(matter, "commissioner", "draft", ForbiddenError, **ANSWER)
    tale.refused(matter, "leader", "draft", MissingFactError, outcome="adopted")
    tale.step(matter, "leader", "draft", **ANSWER)
    tale.refused(matter, "leader", "post", ForbiddenError, **POSTED)
    assert tale.step(matter, "commissioner", "return", remark="没有说从哪天起") == "working"
    tale.step(matter, "leader", "draft", **ANSWER)
    assert tale.step(matter, "inspector", "post", **POSTED) == "posted"
    found = tale.measures("suggestion", tale.cast.town)
    assert (found["total"], found["done"], found["adopted"], found["adopted_rate"]) == (
        1,
        1,
        1,
        100,
    )


def test_blank_slips_do_not_count(tale: Tale) -> None:
    matter = slip(tale)
    tale.step(matter, "commissioner", "void", reason="只有一道划痕")
    assert tale.measures("suggestion", tale.cast.town)["total"] == 0


def test_there_is_no_place_for_who_suggests(tale: Tale) -> None:
    matter = slip(tale)
    plan = mechanism_of(matter.reference).plan
    assert [fact.id for fact in plan.fields if fact.personal] == ["openers"]
    assert {row.id for row in plan.parties} == {"host", "handler"}
    assert not plan.opens.anybody, "no account of whoever suggests stands in the story"
