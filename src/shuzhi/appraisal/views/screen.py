"""The hall's screen after publication: the ranking with its uncertainty, or one unit at a time."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from shuzhi.appraisal.enums import ReviewState
from shuzhi.appraisal.models import Review
from shuzhi.appraisal.queries.results import results
from shuzhi.kernel.middleware import ActorRequest

from .loading import RESULT, load_review

WIDTH = Decimal(100)


def _ranking(review: Review) -> list[dict[str, Any]]:
    """Return the ranked units as the results list shows them, best first."""
    return [
        {
            "rank": row.rank,
            "unit": row.entrant.unit.short_name,
            "shown": row.shown_total,
            "grade": row.decided_grade or row.computed_grade,
            "low": row.total - (row.spread or 0),
            "total": row.total,
            "high": row.total + (row.spread or 0),
        }
        for row in results(review)
        if row.rank is not None and row.total is not None
    ]


def _drawn(ranking: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add to each unit where its total and its interval lie, from 0 to 100 across the screen."""
    low = min((row["low"] for row in ranking), default=Decimal(0))
    span = max((row["high"] for row in ranking), default=low) - low or Decimal(1)

    def across(value: Decimal) -> str:
        return f"{(value - low) / span * WIDTH:.1f}"

    places = ("low", "total", "high")
    return [row | {f"{key}_x": across(row[key]) for key in places} for row in ranking]


def screen(request: ActorRequest, review: str) -> HttpResponse:
    """Show the published ranking to the hall; before publication there is nothing to show."""
    found = load_review(request, review, RESULT)
    if found.state != ReviewState.PUBLISHED:
        raise Http404
    context = {
        "review": found,
        "ranking": _drawn(_ranking(found)),
        "one": "one" in request.GET,
    }
    return render(request, "appraisal/screen.html", context)
