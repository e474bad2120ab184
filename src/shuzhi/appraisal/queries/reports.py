"""What a report says, what it lacks, and what stood in it before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from django.db.models import CharField, Count, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from shuzhi.appraisal.enums import ProblemState
from shuzhi.appraisal.models import (
    Entrant,
    Problem,
    Report,
    ReportRevision,
    ReportSection,
    Review,
)

ENOUGH = 20  # characters; a section with fewer counts as not written


@dataclass(frozen=True)
class Section:
    """One topic on the editor's page."""

    topic: str
    title: str
    hint: str
    text: str
    revision: int

    @property
    def written(self) -> bool:
        return is_written(self.text)


def is_written(text: str) -> bool:
    """Tell whether a section says enough to count as written."""
    return len(text.strip()) >= ENOUGH


def sections(report: Report) -> list[Section]:
    """Return the report's sections in the order of the review's topics."""
    saved = {row.topic: row for row in report.sections.all()}
    blank = ReportSection(text="", revision=0)
    return [
        Section(
            topic["id"],
            topic["title"],
            topic.get("hint", ""),
            saved.get(topic["id"], blank).text,
            saved.get(topic["id"], blank).revision,
        )
        for topic in report.entrant.review.topics
    ]


def sections_of(report: Report) -> list[dict[str, str]]:
    """Return titles and texts as they are frozen; loose text comes last, under no topic."""
    texts = [{"id": s.topic, "title": s.title, "text": s.text.strip()} for s in sections(report)]
    if report.loose_text.strip():
        texts.append({"id": "", "title": "", "text": report.loose_text.strip()})
    return texts


def frozen_or_current(report: Report) -> list[dict[str, str]]:
    """Return what a reader sees: the frozen text, before that the text as it stands."""
    return report.frozen if report.frozen is not None else sections_of(report)


def plain_text(parts: Iterable[dict[str, str]]) -> str:
    """Return a report as one text with its headings, for cards and search."""
    return "\n\n".join(f"{part['title']}\n{part['text']}".strip() for part in parts if part["text"])


def missing_topics(report: Report) -> list[str]:
    """Return the titles of the sections that are not written."""
    return [section.title for section in sections(report) if not section.written]


def written_counts(review: Review) -> dict[int, int]:
    """Return how many required sections each entrant has written."""
    return dict(report_rows(review).values_list("entrant", "written"))


@dataclass(frozen=True)
class Kept:
    """A text that a later one replaced, or that met a conflict."""

    title: str
    text: str
    at: datetime


def kept_texts(report: Report) -> list[Kept]:
    """Return what was replaced in the report, the latest first."""
    titles = {topic["id"]: topic["title"] for topic in report.entrant.review.topics}
    rows = ReportRevision.objects.filter(section__report=report).select_related("section")
    return [
        Kept(titles.get(row.section.topic, row.section.topic), row.text, row.kept_at)
        for row in rows
    ]


def report_rows(review: Review) -> QuerySet[Any]:
    """Return the reports as a list, each with how many sections are written."""
    return (
        Report.objects.filter(entrant__review=review)
        .select_related("entrant__unit", "entrant__person", "entrant__review")
        .annotate(
            written=Count(
                "sections",
                filter=Q(sections__length__gte=ENOUGH, sections__topic__in=_topics(review)),
            ),
            written_words=Concat(
                Cast("written", CharField()),
                Value(f" / {len(review.topics)}"),
                output_field=CharField(),
            ),
        )
    )


def _topics(review: Review) -> list[str]:
    return [topic["id"] for topic in review.topics]


def last_entrant(entrant: Entrant) -> Entrant | None:
    """Return the same unit's entrant in the latest earlier review of the same organiser."""
    return (
        Entrant.objects.filter(
            unit=entrant.unit_id,
            review__unit=entrant.review.unit_id,
            review__year__lt=entrant.review.year,
        )
        .select_related("review")
        .order_by("-review__year")
        .first()
    )


def last_problems(entrant: Entrant) -> list[Problem]:
    """Return last year's problems of the unit, with their notices, to stand beside the report."""
    last = last_entrant(entrant)
    if last is None:
        return []
    rows = Problem.objects.filter(entrant=last, state=ProblemState.LISTED)
    return list(rows.select_related("matter__state"))


COPIED = 0.8  # share of common text from which a section is pointed out
COPIED_FROM = 120  # characters; shorter texts are alike by nature


def _alike(left: str, right: str) -> bool:
    if min(len(left), len(right)) < COPIED_FROM:
        return False
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return matcher.real_quick_ratio() >= COPIED and (
        matcher.quick_ratio() >= COPIED and matcher.ratio() >= COPIED
    )


def copied_topics(report: Report) -> list[dict[str, Any]]:
    """Return sections that repeat the unit's own report of last year, as a hint to look."""
    last = last_entrant(report.entrant)
    before = Report.objects.filter(entrant=last).first() if last else None
    if before is None:
        return []
    texts = {part["id"]: part["text"] for part in frozen_or_current(before)}
    return [
        {"topic": section.topic, "title": section.title}
        for section in sections(report)
        if _alike(section.text, texts.get(section.topic, ""))
    ]
