"""汇总表: forms reconciled by category, marks by reporter and category, places to sign."""

from typing import Any

from shuzhi.bulletins.facts import CategoryFacts, MarkFacts, OutcomeFacts, ProofFacts, ReviewFacts

from .sheets import sheet
from .words import DASH, WITHHELD, day, forms_sentence, number, score, whole

COUNTED = ("权重（%）", "发出", "收回", "有效", "无效", "未用", "作废注销")
SIGNATURES = ("监票人", "计票人", "监督人", "主持人")
MOST_COLUMNS = 20  # of counts; beyond it only means fit the page
TAIL = ("总分", "名次", "等次")


def _counts(row: CategoryFacts) -> list[str]:
    figures = (row.issued, row.returned, row.valid, row.void, row.unused, row.cancelled)
    return [f"{row.id}　{row.title}", f"{row.weight:f}", *map(str, figures)]


def _of(outcome: OutcomeFacts, category: str) -> MarkFacts | None:
    """Return the marks of a category over all items together."""
    found = [one for one in outcome.marks if one.category == category]
    if not found:
        return None
    total = sum(one.total for one in found)
    counts = tuple(map(sum, zip(*(one.counts for one in found), strict=True)))
    mean = sum(one.mean * one.total for one in found) / total
    return MarkFacts(item="", category=category, counts=counts, mean=mean)


def _cells(outcome: OutcomeFacts, category: str, choices: int) -> list[str]:
    marks = _of(outcome, category)
    if marks is None:
        return [DASH] * (choices + 1)
    return [*map(str, marks.counts[:choices]), number(marks.mean)]


class _Columns:
    """Which columns the page has: counts by mark where they fit, else means alone."""

    def __init__(self, facts: ReviewFacts) -> None:
        self.categories = facts.categories if facts.breakdown else ()
        wide = len(self.categories) * (len(facts.choices) + 1)
        self.choices = facts.choices if wide <= MOST_COLUMNS else ()

    @property
    def groups(self) -> list[dict[str, Any]]:
        single = len(self.choices) == 0
        fixed = [{"title": title, "span": 1, "rows": 2} for title in ("序号", "单位", "述职人")]
        span = 1 if single else len(self.choices) + 1
        grouped = [
            {"title": row.title, "span": span, "rows": 2 if single else 1}
            for row in self.categories
        ]
        return [*fixed, *grouped, *({"title": title, "span": 1, "rows": 2} for title in TAIL)]

    @property
    def subheads(self) -> list[str]:
        return [*self.choices, "均分"] * len(self.categories) if self.choices else []

    @property
    def widths(self) -> list[float]:
        per = [*[8.0] * len(self.choices), 13.0] if self.choices else [24.0]
        return [9, 0, 17, *per * len(self.categories), 14, 9, 11]

    def row(self, at: int, outcome: OutcomeFacts) -> list[str]:
        cells = [
            cell for row in self.categories for cell in _cells(outcome, row.id, len(self.choices))
        ]
        tail = [score(outcome.total), whole(outcome.rank), outcome.grade or DASH]
        return [str(at), outcome.unit, outcome.person, *cells, *tail]


def _subtitle(facts: ReviewFacts) -> str:
    meeting = facts.meeting
    held = f"　　时间：{day(meeting.held_at)}　　地点：{meeting.place}" if meeting else ""
    return f"组织单位：{facts.unit}{held}"


def summary_sheet(facts: ReviewFacts, proof: ProofFacts) -> bytes:
    """Return the sheet as PDF, reporters in the order in which they reported."""
    columns = _Columns(facts)
    outcomes = sorted(facts.outcomes, key=lambda one: one.position)
    notes = [forms_sentence(facts.categories)]
    if not facts.breakdown:
        notes.append(WITHHELD)
    data = {
        "title": f"{facts.title}测评结果汇总表",
        "unit": facts.unit,
        "subtitle": _subtitle(facts),
        "counted": COUNTED,
        "categories": [_counts(row) for row in facts.categories],
        "size": 8.5 if columns.choices else 10.5,
        "widths": columns.widths,
        "groups": columns.groups,
        "subheads": columns.subheads,
        "rows": [columns.row(at, one) for at, one in enumerate(outcomes, 1)],
        "notes": notes,
        "signatures": SIGNATURES,
    }
    return sheet("summary", proof, data)
