"""A board by state for one kind, over what the reader may see."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.scope import chosen_year
from shuzhi.matters.queries.board import Lane, lanes
from shuzhi.matters.queries.listing import seen

from .loading import load_kind


def board(request: ActorRequest, kind: str) -> HttpResponse:
    """Show where the year's matters of a kind stand."""
    mechanism, year = load_kind(kind), chosen_year(request)
    rows = seen(request.actor).filter(mechanism=kind, year=year, split=False)
    context = {
        "kind": kind,
        "title": mechanism.called,
        "year": year,
        "lanes": [(lane, _more(kind, year, lane)) for lane in lanes(rows, mechanism.plan)],
    }
    return render(request, "matters/board.html", context)


def _more(kind: str, year: int, lane: Lane) -> str:
    asked: dict[str, str | int] = {"f_kind": kind, "f_year": year, "f_key": lane.key}
    return f"{reverse('matters:list')}?{urlencode(asked)}"
