"""An organisation's commitment: consulted, passed, published, kept, checked, voted on."""

from collections.abc import Callable
from typing import Any

import pytest

from shuzhi.kernel.errors import ForbiddenError, MissingFactError, StateError
from shuzhi.matters.models import Matter
from shuzhi.matters.queries.telling import story
from tests.matters.stories.tale import PDF, Tale, day

CONSULTED = {
    "consulted_on": day(0),
    "consulted_whom": "党员 18 人、居民代表 6 人",
    "opinions": "建议先修三号楼，已采纳。",
}
PUBLISHED = {"publications": [{"channel": "board", "published_on": day(0), "place": "一楼大厅"}]}
DONE: dict[str, Any] = {"result": "六盏路灯全部换好，晚上走过一遍。", "evidence": [PDF]}
CHECKED = {"check_by": "on_site", "finding": "六盏都亮。"}


@pytest.fixture
def tale(tell: Callable[..., Tale]) -> Tale:
    return tell("commitment-organisation")


def promise(tale: Tale, number: int = 1) -> Matter:
    return tale.open(
        f"secretary{number}",
        "commitment-organisation",
        tale.cast.communities[number - 1],
        "换好后巷的六盏路灯",
        goal="后巷六盏路灯全部更换，夜里看得清路",
        due_on=day(60),
    )


def published(tale: Tale, number: int = 1) -> Matter:
    matter = promise(tale, number)
    tale.step(matter, f"secretary{number}", "submit", **CONSULTED)
    tale.step(matter, "commissioner", "pass")
    tale.step(matter, f"secretary{number}", "publish", **PUBLISHED)
    return matter


def test_from_promise_to_vote(tale: Tale) -> None:
    matter = published(tale)
    assert (matter.due - matter.opened_on).days == 60 if matter.due else False
    assert tale.step(matter, "secretary1", "note", progress="灯具已到货") == "keeping"
    assert tale.step(matter, "secretary1", "fulfil", **DONE) == "reported"
    assert tale.step(matter, "leader", "confirm", **CHECKED) == "kept"
    assert matter.closed_on
    voted = {
        "voted_on": day(0),
        "vote_at": "members",
        "voters": 20,
        "satisfied": 15,
        "fairly": 4,
        "dissatisfied": 1,
        "counted_by": "两名支委",
    }
    for wrong in ({"satisfied": "半数"}, {"fairly": -1}, {"voters": 20.5}, {"voters": "9" * 40}):
        tale.refused(matter, "leader", "vote", MissingFactError, **(voted | wrong))
    tale.refused(matter, "leader", "vote", MissingFactError, **(voted | {"counted_by": ""}))
    too_many = voted | {"satisfied": 17}
    assert "20" in tale.refused(matter, "leader", "vote", MissingFactError, **too_many)
    assert tale.step(matter, "leader", "vote", **voted) == "voted"
    assert matter.reopened == 0, "a vote after the end is no reopening"
    found = tale.measures("commitment.organisation", tale.cast.town)
    assert found["total"] == found["done"] == found["voted"] == 1
    assert (found["done_rate"], found["satisfaction_rate"]) == (100, 95)
    told = {line.label: line.text for line in story(matter)[0].lines}
    assert told["满意率"] == "95.00%（20 人参加，满意、基本满意共 19 人）"
    assert told["计票人"] == "两名支委"


def test_a_promise_needs_goal_and_date(tale: Tale) -> None:
    home = tale.cast.communities[0]
    for facts in (
        {"due_on": day(6), "goal": "路灯全部换好，看得清路"},
        {"due_on": day(9)},
        {"goal": "路灯全部换好，看得清"},
        {"goal": "好", "due_on": day(9)},
    ):
        with pytest.raises(MissingFactError):
            tale.open("secretary1", "commitment-organisation", home, "换灯", **facts)
    with pytest.raises(ForbiddenError):
        tale.open(
            "secretary2", "commitment-organisation", home, "换灯", goal="x" * 12, due_on=day(9)
        )


def test_the_level_above_keeps_the_gate(tale: Tale) -> None:
    matter = promise(tale)
    tale.refused(matter, "secretary1", "publish", StateError, **PUBLISHED)
    tale.refused(matter, "secretary1", "submit", MissingFactError)
    tale.step(matter, "secretary1", "submit", **CONSULTED)
    tale.refused(matter, "secretary1", "pass", ForbiddenError)
    tale.refused(matter, "outsider", "pass", ForbiddenError)
    tale.refused(matter, "organiser", "pass", ForbiddenError)
    tale.refused(matter, "commissioner", "rewrite", MissingFactError)
    why = {"gate_note": "写得空，看不出办到什么程度"}
    assert tale.step(matter, "commissioner", "rewrite", **why) == "draft"
    tale.step(matter, "secretary1", "submit", goal="后巷六盏路灯五月底前换完", **CONSULTED)
    assert tale.step(matter, "commissioner", "revise", gate_note="把范围写全") == "revising"
    tale.step(matter, "secretary1", "resubmit", revision="补上南巷两盏")
    assert tale.step(matter, "commissioner", "warn", gate_note="去年的原样抄来") == "talk"
    tale.refused(matter, "secretary1", "talked", ForbiddenError, talked_on=day(0), talk_note="谈了")
    tale.step(matter, "commissioner", "talked", talked_on=day(0), talk_note="谈过，认识到问题")
    tale.step(matter, "secretary1", "submit", **CONSULTED)
    assert tale.step(matter, "commissioner", "pass") == "passed"
    assert tale.measures("commitment.organisation", tale.cast.town)["total"] == 0, "not public yet"
    assert [row.step for row in matter.story.all()].count("submit") == 3


def test_nobody_verifies_the_own_commitment(tale: Tale) -> None:
    matter = published(tale)
    tale.step(matter, "secretary1", "fulfil", **DONE)
    tale.refused(matter, "secretary1", "confirm", ForbiddenError, **CHECKED)
    tale.refused(matter, "secretary2", "confirm", ForbiddenError, **CHECKED)
    tale.refused(matter, "commissioner", "confirm", MissingFactError, check_by="on_site")
    assert (
        tale.step(matter, "commissioner", "refute", check_by="on_site", finding="还有两盏不亮")
        == "keeping"
    )
    assert matter.round == 2
    tale.step(matter, "secretary1", "fulfil", **DONE)
    tale.step(matter, "commissioner", "confirm", **CHECKED)
    tale.refused(matter, "secretary1", "reopen", ForbiddenError, reason="再办一次")
    tale.refused(matter, "commissioner", "reopen", MissingFactError)
    assert tale.step(matter, "commissioner", "reopen", reason="群众反映又坏了") == "keeping"
    assert matter.reopened == 1
    assert matter.closed_on is None


def test_late_and_broken_promises_count_as_such(tale: Tale) -> None:
    late, broken, kept = (published(tale, number) for number in (1, 2, 3))
    for matter in (late, broken):
        tale.wait(matter, 70)
    assert tale.measures("commitment.organisation", tale.cast.town)["overdue"] == 2
    tale.step(late, "secretary1", "fulfil", **DONE)
    tale.step(kept, "secretary3", "fulfil", **DONE)
    for matter in (late, kept):
        tale.step(matter, "commissioner", "confirm", **CHECKED)
    tale.refused(broken, "secretary2", "break", ForbiddenError, reason="办不成")
    tale.step(broken, "commissioner", "break", reason="资金没有落实，年内办不成")
    found = tale.measures("commitment.organisation", tale.cast.town)
    assert (found["total"], found["done"], str(found["done_rate"])) == (3, 2, "66.67")
    assert found["overdue"] == 0
    assert late.late
    assert not kept.late
    assert str(found["on_time_rate"]) == "33.33", "what was not kept was not on time"
