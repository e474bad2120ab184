"""The hall's screen after publication: the ranking with its uncertainty, or one unit at a time."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from shuzhi.appraisal import pictures
from shuzhi.appraisal.enums import ReviewState
from shuzhi.kernel.middleware import ActorRequest

from .loading import RESULT, load_review

WIDTH = Decimal(100)


def _drawn(ranking: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Add to each unit where its total and its interval lie, from 0 to 100 across the screen."""
    low = min((Decimal(row["low"]) for row in ranking), default=Decimal(0))
    span = max((Decimal(row["high"]) for row in ranking), default=low) - low or Decimal(1)

    def across(value: str) -> str:
        return f"{(Decimal(value) - low) / span * WIDTH:.1f}"

    places = ("low", "total", "high")
    return [row | {f"{key}_x": across(row[key]) for key in places} for row in ranking]


def screen(request: ActorRequest, review: str) -> HttpResponse:
    """Show the published ranking to the hall; before publication there is nothing to show."""
    found = load_review(request, review, RESULT)
    if found.state != ReviewState.PUBLISHED:
        raise Http404
    context = {
        "review": found,
        "ranking": _drawn(pictures.of_review(found).ranking),
        "one": "one" in request.GET,
    }
    return render(request, "appraisal/screen.html", context)
