"""Forms and marks of a poll, as far as they may be shown."""

from collections import defaultdict
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from shuzhi.ballots import queries as ballots
from shuzhi.ballots.enums import PollState
from shuzhi.bulletins.facts import CategoryFacts, MarkFacts

if TYPE_CHECKING:
    from shuzhi.ballots.models import Poll

HUNDREDTH = Decimal("0.01")
HUNDRED = Decimal(100)


def is_sealed(poll: "Poll | None") -> bool:
    return poll is not None and poll.state == PollState.SEALED


def category_facts(poll: "Poll") -> tuple[CategoryFacts, ...]:
    """Return what became of every category's forms, slips and paper together."""
    paper = {row.category: row for row in poll.paper.all()}
    found = []
    for row in ballots.progress(poll):
        sheet = paper.get(row.category)
        found.append(
            CategoryFacts(
                id=row.category,
                title=row.title,
                weight=row.weight,
                issued=row.issued + row.paper_issued,
                returned=row.used + row.paper_returned,
                void=row.paper_void,
                unused=row.unused + (sheet.unused if sheet else 0),
                cancelled=row.cancelled + (sheet.cancelled if sheet else 0),
            )
        )
    return tuple(found)


def _mean(scale: Any, counts: Mapping[str, int]) -> Decimal:
    """Return the mean mark in per cent of the scale's top, to two places."""
    top = max(scale.points(value) for value in scale.values())
    whole = sum(scale.points(value) * count for value, count in counts.items())
    mean = whole / sum(counts.values()) / top * HUNDRED
    return Decimal(mean).quantize(HUNDREDTH, ROUND_HALF_UP)


def choices_of(poll: "Poll | None") -> tuple[str, ...]:
    """Return the named marks, best first; nothing for numeric marks."""
    scale = poll.parsed_form.scale if poll else None
    return tuple(scale.values()) if hasattr(scale, "choices") else ()  # type: ignore[union-attr]


def marks_by_subject(poll: "Poll") -> dict[str, tuple[MarkFacts, ...]]:
    """Return each reporter's marks by item and category; nothing where it is withheld."""
    if not ballots.shows_breakdown(poll):
        return {}
    choices, scale = choices_of(poll), poll.parsed_form.scale
    grouped: dict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    for (subject, item, category, value), count in ballots.mark_counts(poll).items():
        grouped[subject, item, category][value] = count
    found: dict[str, tuple[MarkFacts, ...]] = {}
    for (subject, item, category), counts in sorted(grouped.items()):
        each = tuple(counts.get(choice, 0) for choice in choices) or (sum(counts.values()),)
        marks = MarkFacts(item=item, category=category, counts=each, mean=_mean(scale, counts))
        found[subject] = (*found.get(subject, ()), marks)
    return found
