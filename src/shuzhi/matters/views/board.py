"""A board by state for one kind, over what the reader may see."""

from django.http import HttpResponse
from django.shortcuts import render

from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.scope import chosen_year
from shuzhi.matters.queries.board import lanes
from shuzhi.matters.queries.listing import seen
from shuzhi.matters.tables import list_address
from shuzhi.matters.yearly import Year

from .loading import load_kind


def board(request: ActorRequest, kind: str) -> HttpResponse:
    """Show where the year's matters of a kind stand."""
    mechanism, year = load_kind(kind), chosen_year(request)
    rows = seen(request.actor).filter(Year(year).holds(), mechanism=kind, split=False)
    context = {
        "kind": kind,
        "title": mechanism.called,
        "year": year,
        "lanes": [
            (lane, list_address(kind=kind, year=year, key=lane.key))
            for lane in lanes(rows, mechanism.plan)
        ],
    }
    return render(request, "matters/board.html", context)
