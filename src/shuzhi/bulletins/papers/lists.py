"""Lists to print: the sign-in sheet before the meeting, the list of problems after it."""

from collections.abc import Sequence

from shuzhi.bulletins.facts import MeetingFacts, ProofFacts, ReviewFacts
from shuzhi.kernel.content import Frozen

from .sheets import sheet
from .words import DASH, day


class Called(Frozen):
    """Somebody who is called to the meeting."""

    name: str
    unit: str
    post: str


ROLL_HEADS = ("序号", "姓名", "单位", "职务", "签名", "备注（替会、请假）")
PROBLEM_HEADS = (
    "序号",
    "单位",
    "问题",
    "来源",
    "整改措施",
    "责任人",
    "整改时限",
    "完成情况",
    "销号",
)


def sign_in_sheet(
    title: str, unit: str, meeting: MeetingFacts, groups: Sequence[tuple[str, list[Called]]]
) -> bytes:
    """Return the sheet that stands at the door, one table a category."""
    data = {
        "title": f"{title}签到表",
        "unit": unit,
        "subtitle": f"时间：{day(meeting.held_at)}　　地点：{meeting.place}",
        "flipped": False,
        "heads": ROLL_HEADS,
        "widths": [11, 22, 0, 34, 32, 34],
        "left": [2],
        "padding": 7,
        "groups": [
            {
                "title": f"{name}（{len(people)}人）",
                "rows": [
                    [str(at), one.name, one.unit, one.post, "", ""]
                    for at, one in enumerate(people, 1)
                ],
            }
            for name, people in groups
        ],
        "signatures": [],
    }
    return sheet("lists", None, data)


def problem_list(facts: ReviewFacts, proof: ProofFacts) -> bytes:
    """Return 问题整改清单 as PDF, with room to write what became of each."""
    rows = [
        [
            str(at),
            one.unit,
            one.text,
            one.source,
            one.measure,
            one.owner or DASH,
            day(one.due),
            one.outcome,
            "",
        ]
        for at, one in enumerate(facts.problems, 1)
    ]
    data = {
        "title": f"{facts.title}问题整改清单",
        "unit": facts.unit,
        "subtitle": f"填报单位：{facts.unit}　　共{len(rows)}项",
        "flipped": True,
        "heads": PROBLEM_HEADS,
        "widths": [11, 36, 0, 20, 44, 18, 31, 32, 13],
        "left": [1, 2, 4, 7],
        "padding": 6,
        "groups": [{"title": "", "rows": rows}] if rows else [],
        "signatures": ["责任领导", "填报人"],
    }
    return sheet("lists", proof, data)
