"""What the results page draws: the ranking with its uncertainty, units × indicators as heat."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from .models import Review
from .queries.results import rates, results
from .queries.scheme import scheme_of

LEVELS = 10  # of heat; the last is full points
PERCENT = 100


@dataclass(frozen=True)
class Cell:
    """One unit × indicator: the rate in %, and its level of heat; None where not applicable."""

    percent: str
    level: int | None


@dataclass(frozen=True)
class HeatRow:
    """A unit's cells, and where its "why" is."""

    unit: str
    url: str
    rank: int | None
    cells: list[Cell]


@dataclass(frozen=True)
class Pictures:
    """Both pictures' data: `ranking` goes to the chart as JSON, the heat map is a table."""

    ranking: list[dict[str, Any]]
    columns: list[str]
    heat: list[HeatRow]


def _cell(rate: Decimal | None) -> Cell:
    if rate is None:
        return Cell("", None)
    return Cell(f"{rate * PERCENT:.0f}", min(int(rate * LEVELS), LEVELS))


def of_review(review: Review) -> Pictures:
    """Return the pictures of the current results; two queries."""
    titles = scheme_of(review).scored_titles
    by_result = rates(review)
    rows = list(results(review))
    return Pictures(
        ranking=[
            {
                "unit": row.entrant.unit.short_name,
                "rank": row.rank,
                "shown": row.shown_total,
                "total": str(row.total),
                "low": str(row.total - (row.spread or 0)),
                "high": str(row.total + (row.spread or 0)),
                "grade": row.decided_grade or row.computed_grade,
            }
            for row in rows
            if row.total is not None and row.rank is not None
        ],
        columns=list(titles.values()),
        heat=[
            HeatRow(
                row.entrant.unit.short_name,
                reverse("appraisal:result", args=[review.public_id, row.entrant.public_id]),
                row.rank,
                [_cell(by_result.get(row.pk, {}).get(indicator)) for indicator in titles],
            )
            for row in rows
        ],
    )
