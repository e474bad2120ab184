"""What the results page draws: the ranking with its uncertainty, units × indicators as heat."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from .models import Review
from .queries.results import rates, results
from .queries.scheme import scheme_of

LEVELS = 10  # of heat; the last is full points
WORST = Decimal("0.8")  # the darkest rate at most: where all are good, little stays little
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
    cells: list[Cell]


@dataclass(frozen=True)
class Pictures:
    """Both pictures' data: `ranking` goes to the chart as JSON, the heat map is a table."""

    ranking: list[dict[str, Any]]
    columns: list[str]
    least: str  # the rate in % that is drawn darkest
    heat: list[HeatRow]


def _cell(rate: Decimal | None, least: Decimal) -> Cell:
    """Place a rate between the lowest of all and full points: real rates crowd at the top."""
    if rate is None:
        return Cell("", None)
    level = int((rate - least) / (1 - least) * LEVELS)
    return Cell(f"{rate * PERCENT:.0f}", max(0, min(level, LEVELS)))


def _least(
    by_result: Mapping[int, Mapping[str, Decimal | None]], titles: Collection[str]
) -> Decimal:
    found = [row[title] for row in by_result.values() for title in titles if title in row]
    return min([WORST, *(rate for rate in found if rate is not None)])


def _bar(row: dict[str, Any]) -> dict[str, Any]:
    total, spread = row["total"], row["spread"] or 0
    return {
        "unit": row["entrant__unit__short_name"],
        "total": str(total),
        "low": str(total - spread),
        "high": str(total + spread),
    }


def of_review(review: Review) -> Pictures:
    """Return the pictures of the current results; two queries."""
    titles = scheme_of(review).scored_titles
    by_result = rates(review)
    names = ("entrant__unit__short_name", "entrant__public_id", "total", "spread", "rank")
    rows = list(results(review).values("pk", *names))
    least = _least(by_result, titles)
    here = reverse("appraisal:results", args=[review.public_id])
    return Pictures(
        ranking=[_bar(row) for row in rows if row["rank"] is not None],
        columns=list(titles.values()),
        least=f"{least * PERCENT:.0f}",
        heat=[
            HeatRow(
                row["entrant__unit__short_name"],
                f"{here}{row['entrant__public_id']}/",
                [_cell(by_result.get(row["pk"], {}).get(title), least) for title in titles],
            )
            for row in rows
        ],
    )
