"""通报: the official paper by GB/T 9704, from frozen facts and the drafter's words."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from shuzhi.bulletins.facts import OutcomeFacts, ProofFacts, ReviewFacts
from shuzhi.kernel.content import Frozen
from shuzhi.kernel.documents import chart
from shuzhi.kernel.documents.paper import (
    Annex,
    Block,
    Heading,
    Imprint,
    Paper,
    Picture,
    Table,
    Text,
)

from .words import DASH, day, forms_sentence, proof_lines, score, whole

CHART_WIDTH_MM = 140


class NoticeText(Frozen):
    """The parts that people write; an empty one is left out."""

    title: str
    addressee: str
    opening: str
    overview: str
    strengths: str = ""
    shortcomings: str = ""
    requirements: str = ""


class NoticeFrame(Frozen):
    """Whose paper it is: issuing body, number, day, copies, printer, proof."""

    issuer: str
    number: str = ""
    dated: date | None = None
    copies: tuple[str, ...] = ()
    printer: str = ""
    digest: str = ""
    proof: ProofFacts | None = None


def paragraphs(words: str) -> list[Block]:
    """Return each line that a person wrote as a paragraph."""
    return [Text(line.strip()) for line in words.splitlines() if line.strip()]


def _section(title: str, words: str) -> list[Block]:
    found = paragraphs(words)
    return [Heading(title), *found] if found else []


def results_sentence(facts: ReviewFacts) -> str:
    """Say how many units have which grade, and who is not ranked."""
    counts = Counter(one.grade for one in facts.outcomes if one.grade)
    grades = "、".join(f"“{grade}”{counts[grade]}个" for grade in facts.grades if counts[grade])
    spared = [one for one in facts.ranked if one.rank is None]
    sentence = f"参加排名的单位共{len(facts.outcomes) - len(spared)}个"
    sentence += f"，经研究，评定等次{grades}。" if grades else "。"
    for one in spared:
        sentence += f"{one.unit}{one.spared or '不参加排名'}。"
    shown = "考核结果见表1，名次及其可能区间见图1。" if len(spared) < len(facts.outcomes) else ""
    return sentence + (shown or "考核结果见表1。")


def results_table(facts: ReviewFacts) -> Table:
    """Return rank, unit, reporter, score and grade of every unit."""
    rows = [
        [whole(one.rank), one.unit, one.person, score(one.total), one.grade or DASH]
        for one in facts.ranked
    ]
    head = ["名次", "单位", "述职人", "总分", "等次"]
    return Table(head, rows, [1.2, 5, 2.4, 1.8, 1.8], "clccc", caption="表1　考核结果")


def rank_bands(outcomes: list[OutcomeFacts]) -> list[chart.RankBand]:
    """Return the ranked units with the ranks that their marks leave possible."""
    return [
        chart.RankBand(one.unit, one.rank, one.best_rank or one.rank, one.worst_rank or one.rank)
        for one in outcomes
        if one.rank is not None
    ]


def rank_spec(facts: ReviewFacts) -> chart.Spec:
    """Return the chart of ranks with their uncertainty."""
    return chart.ranks(rank_bands(facts.ranked), title="名次（横条为95%置信下的可能区间）")


def _rank_pictures(facts: ReviewFacts) -> list[Picture]:
    bands = rank_bands(facts.ranked)
    if not bands:
        return []
    spec = rank_spec(facts)
    alt = "；".join(f"{band.label}第{band.rank:g}名" for band in bands)
    caption = "图1　名次及其可能区间"
    return [Picture(chart.to_png(spec), chart.to_svg(spec), alt, caption, CHART_WIDTH_MM)]


def problems_table(facts: ReviewFacts) -> Table:
    """Return the problems with who mends them until when."""
    rows = [
        [str(at), one.unit, one.text, one.owner or DASH, day(one.due)]
        for at, one in enumerate(facts.problems, 1)
    ]
    head = ["序号", "单位", "问题", "责任人", "整改时限"]
    return Table(head, rows, [1, 3, 5.2, 1.9, 3], "cllcc")


def blocks(facts: ReviewFacts, words: NoticeText, pictures: Sequence[Picture] = ()) -> list[Block]:
    """Return the body of the bulletin in its fixed order."""
    return [
        *paragraphs(words.opening),
        *_section("总体情况", words.overview),
        Heading("考核结果"),
        Text(results_sentence(facts)),
        results_table(facts),
        *pictures,
        *_section("主要成绩", words.strengths),
        *_section("存在问题", words.shortcomings),
        *_section("工作要求", words.requirements),
    ]


def notice(facts: ReviewFacts, words: NoticeText, frame: NoticeFrame) -> Paper:
    """Return the bulletin as an official paper; without a proof it says that it is a draft."""
    annexes = [Annex("问题整改清单", [problems_table(facts)])] if facts.problems else []
    imprint = Imprint(frame.printer, frame.dated, frame.copies) if frame.dated else None
    return Paper(
        title=words.title,
        blocks=blocks(facts, words, _rank_pictures(facts)),
        issuer=frame.issuer,
        dated=frame.dated,
        mark=f"{frame.issuer}文件",
        number=frame.number,
        addressee=words.addressee,
        annexes=annexes,
        imprint=imprint,
        proof=proof_lines(frame.proof, frame.digest),
    )


def first_words(facts: ReviewFacts) -> NoticeText:
    """Return a first draft made of what is known, for the drafter to change."""
    meeting = facts.meeting
    held = f"于{day(meeting.held_at)}在{meeting.place}" if meeting else f"于{facts.year}年"
    came = (
        f"会议应到{meeting.called}人，实到{meeting.there}人，"
        f"{'符合' if meeting.quorate else '未达到'}规定人数。"
        if meeting
        else ""
    )
    problems = len(facts.problems)
    return NoticeText(
        title=f"关于{facts.title}情况的通报",
        addressee="各村（社区）党组织",
        opening=f"{facts.unit}{held}召开{facts.title}会议，{len(facts.outcomes)}名党组织书记述职，"
        "与会人员现场测评。现将有关情况通报如下。",
        overview=f"{came}{forms_sentence(facts.categories)}",
        shortcomings=f"经领导点评和现场测评，共梳理问题{problems}个，列入整改清单（见附件）。"
        if problems
        else "",
        requirements="各党组织要对照点评意见，认真查找原因，逐项明确责任人、措施和时限。\n"
        "整改完成后报镇党委复核，结果作为下一年度述职评议的内容。",
    )
