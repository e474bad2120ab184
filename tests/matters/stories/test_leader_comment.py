"""A leader's comment: three parts, its problems carried on, and who has not been commented on."""

from collections.abc import Callable

import pytest

from shuzhi.kernel.errors import ForbiddenError, MissingFactError, StateError
from shuzhi.matters.models import Matter
from tests.matters.stories.tale import Tale, day

THREE = {
    "commented_on": day(0),
    "good": "走访做得细，群众反映的小事都有回音。",
    "lacking": "支部会议记录事后补写，看不出真开过。",
    "direction": "会议当场记、当场拍，每季度抽查一次。",
}
PROBLEMS = [
    {"problem": "会议记录事后补写", "mode": "by_date", "due_on": day(30)},
    {"problem": "公示栏半年没有换", "mode": "immediate", "due_on": day(5)},
]


@pytest.fixture
def tale(tell: Callable[..., Tale]) -> Tale:
    return tell("leader-comment", "rectification-notice")


def owed(tale: Tale, number: int = 1) -> Matter:
    return tale.open(
        "commissioner",
        "leader-comment",
        tale.cast.communities[number - 1],
        "半年工作点评",
        {"leader": tale.cast.people["leader"]},
        due_on=day(20),
    )


def test_three_parts_and_the_problems_go_on(tale: Tale) -> None:
    matter = owed(tale)
    for part in ("good", "lacking", "direction"):
        two = {name: said for name, said in THREE.items() if name != part}
        tale.refused(matter, "leader", "comment", MissingFactError, **two)
    tale.refused(matter, "secretary1", "comment", ForbiddenError, **THREE)
    tale.refused(
        matter, "commissioner", "circulate", StateError, circulated_on=day(0), scope="team"
    )
    assert tale.step(matter, "leader", "comment", problems=PROBLEMS, **THREE) == "given"
    carried = list(Matter.objects.filter(origin=matter).order_by("pk"))
    assert [row.title for row in carried] == ["会议记录事后补写", "公示栏半年没有换"]
    assert {row.mechanism for row in carried} == {"rectification-notice"}
    assert {row.unit for row in carried} == {tale.cast.communities[0]}
    assert [row.facts["mode"] for row in carried] == ["by_date", "immediate"]
    assert all(row.number for row in carried)
    tale.refused(matter, "leader", "answer", ForbiddenError, response="我们马上改，月底前见效。")
    tale.step(matter, "secretary1", "answer", response="从下个月起当场记录，由副书记检查。")
    assert (
        tale.step(matter, "commissioner", "circulate", circulated_on=day(0), scope="members")
        == "circulated"
    )
    facts = {
        "measures": [{"measure": "换公示栏", "who": "书记", "by_when": day(2)}],
        "result": "已经换好，拍了照片。",
        "evidence": [],
    }
    tale.refused(carried[1], "secretary1", "fix", MissingFactError, **facts)


def test_the_matrix_tells_who_has_not_been_commented_on(tale: Tale) -> None:
    first, second, third = (owed(tale, number) for number in (1, 2, 3))
    tale.step(first, "leader", "comment", **THREE)
    tale.step(second, "commissioner", "exempt", reason="书记上月刚到任")
    found = tale.measures("comment", tale.cast.town)
    assert (found["total"], found["given"], str(found["coverage_rate"])) == (2, 1, "50.00")
    waiting = Matter.objects.filter(mechanism="leader-comment", state__key="due")
    assert [row.unit for row in waiting] == [third.unit]


def test_the_office_writes_down_what_a_leader_said(tale: Tale) -> None:
    matter = owed(tale)
    assert tale.step(matter, "inspector", "comment", **THREE) == "given"
    assert tale.told(matter).party == "office"
