"""会议记录: attendance, quorum, order and times, forms, comments; for signature and filing."""

from shuzhi.bulletins.facts import CategoryFacts, CommentFacts, MeetingFacts, ProofFacts
from shuzhi.kernel.documents.paper import Block, Heading, Paper, Table, Text

from .notice import paragraphs
from .words import DASH, clock, forms_sentence, proof_lines, span

SIGNATURES = "主持人（签名）：　　　　　　　　记录人（签名）："


def _facts(meeting: MeetingFacts) -> list[Block]:
    lines = (
        ("时间", span(meeting.opened_at or meeting.held_at, meeting.closed_at)),
        ("地点", meeting.place),
        ("主持人", meeting.host),
        ("记录人", meeting.recorder or DASH),
    )
    return [Text(words, lead=f"{label}：") for label, words in lines]


def _attendance(meeting: MeetingFacts) -> list[Block]:
    rows = [
        [row.title, str(row.called), str(row.there), str(row.substitutes), str(row.excused)]
        for row in meeting.attendance
    ]
    verdict = "符合规定人数" if meeting.quorate else "未达到规定人数"
    sentence = (
        f"应到{meeting.called}人，实到{meeting.there}人。按应到人数的{meeting.quorum_percent}%计，"
        f"须到{meeting.needed}人，{verdict}。"
    )
    absent = "、".join(
        f"{one.name}（{'，'.join(filter(None, (one.unit, one.presence)))}）"
        for one in meeting.absent
    )
    return [
        Heading("到会情况"),
        Text(sentence),
        Table(["类别", "应到", "实到", "其中替会", "请假"], rows, [4, 1, 1, 1.2, 1], "lcccc"),
        *([Text(f"未到会人员：{absent}。")] if absent else []),
    ]


def _turns(meeting: MeetingFacts) -> list[Block]:
    rows = [
        [str(at), turn.unit, turn.name, clock(turn.spent), clock(turn.asked)]
        for at, turn in enumerate(meeting.turns, 1)
    ]
    head = ["次序", "单位", "述职人", "述职用时", "提问用时"]
    return [Heading("述职情况"), Table(head, rows, [1, 4.4, 2, 1.6, 1.6], "clccc")] if rows else []


def _comments(comments: list[CommentFacts]) -> list[Block]:
    found: list[Block] = [Heading("领导点评")] if comments else []
    for one in comments:
        found.append(Heading(f"{one.unit}　{one.person}", 2))
        parts = (("肯定成绩", one.good), ("指出不足", one.lacking), ("努力方向", one.direction))
        found += [Text(words, lead=f"{label}：") for label, words in parts]
    return found


def _record(meeting: MeetingFacts) -> list[Block]:
    words = paragraphs(meeting.record)
    return [Heading("会议记录"), *words] if words else []


def _forms(categories: tuple[CategoryFacts, ...]) -> list[Block]:
    return [Heading("现场测评"), Text(forms_sentence(categories))] if categories else []


def minutes(
    meeting: MeetingFacts,
    categories: tuple[CategoryFacts, ...],
    comments: list[CommentFacts],
    *,
    unit: str,
    proof: ProofFacts | None,
) -> Paper:
    """Return the minutes as a paper without a red head."""
    agenda: list[Block] = [Heading("会议议程")] if meeting.agenda else []
    return Paper(
        title=f"{meeting.title.removesuffix('会议')}会议记录",
        blocks=[
            *_facts(meeting),
            *_attendance(meeting),
            *agenda,
            *(Text(f"{at}.{words}") for at, words in enumerate(meeting.agenda, 1)),
            *_turns(meeting),
            *_forms(categories),
            *_comments(comments),
            *_record(meeting),
            Text(""),
            Text(SIGNATURES),
        ],
        issuer=unit,
        dated=None,
        proof=proof_lines(proof),
        signature=False,
    )
