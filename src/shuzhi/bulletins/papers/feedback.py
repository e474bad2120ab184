"""One page for one reporter: own marks, comment, opinions, problems; nobody else's."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from shuzhi.bulletins.facts import FeedbackFacts, MarkFacts, ProofFacts

from .sheets import sheet
from .words import DASH, WITHHELD, day, number, score

ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
PARTS = (("肯定成绩", "good"), ("指出不足", "lacking"), ("努力方向", "direction"))


def _result(facts: FeedbackFacts) -> list[tuple[str, str]]:
    outcome = facts.outcome
    rank = f"{outcome.rank} / {facts.ranked}" if outcome.rank else outcome.spared or DASH
    if outcome.rank and outcome.best_rank and outcome.best_rank != outcome.worst_rank:
        rank += f"（可能区间第{outcome.best_rank}—{outcome.worst_rank}名）"
    return [
        ("单位", outcome.unit),
        ("述职人", outcome.person),
        ("总分", score(outcome.total)),
        ("其中加减分", number(outcome.bonus)),
        ("名次", rank),
        ("等次", outcome.grade or DASH),
    ]


def _points(facts: FeedbackFacts) -> list[list[str]]:
    return [
        [
            one.title,
            number(one.points),
            number(one.of),
            DASH if one.rate is None else f"{number(one.rate * 100, 1)}%",
        ]
        for one in facts.outcome.points
    ]


def mark_rows(facts: FeedbackFacts) -> list[list[str]]:
    """Return a row an item with the mean of each category; empty where it is withheld."""
    found: dict[tuple[str, str], MarkFacts] = {
        (one.item, one.category): one for one in facts.outcome.marks
    }
    if not found:
        return []

    def mean(item: str, category: str) -> str:
        marks = found.get((item, category))
        return number(marks.mean, 1) if marks else DASH

    return [
        [item.title, *(mean(item.id, category.id) for category in facts.categories)]
        for item in facts.items
    ]


def feedback_page(facts: FeedbackFacts, proof: ProofFacts) -> bytes:
    """Return the page as PDF."""
    comment = facts.comment
    marks = mark_rows(facts)
    data = {
        "title": "述职评议反馈单",
        "unit": facts.organiser,
        "subtitle": facts.title,
        "facts": _result(facts),
        "points": _points(facts),
        "mark-heads": ["测评内容", *(category.title for category in facts.categories)],
        "marks": marks,
        "notes": ["各类别为平均得分率（%）。"] if marks else [WITHHELD],
        "comment": [(title, getattr(comment, key)) for title, key in PARTS] if comment else [],
        "opinions": list(facts.opinions),
        "problems": [
            [str(at), one.text, one.owner or DASH, day(one.due)]
            for at, one in enumerate(facts.problems, 1)
        ],
    }
    return sheet("feedback", proof, data)


def _name(facts: FeedbackFacts) -> str:
    kept = "".join(char for char in facts.outcome.unit if char not in '\\/:*?"<>|').strip()
    return f"{facts.outcome.position:02d}-{kept[:60]}.pdf"


def feedback_archive(pages: list[FeedbackFacts], proof: ProofFacts) -> bytes:
    """Return every reporter's page in one zip, named by order and unit."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for facts in sorted(pages, key=lambda one: one.outcome.position):
            entry = ZipInfo(_name(facts), ZIP_EPOCH)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, feedback_page(facts, proof))
    return stream.getvalue()
