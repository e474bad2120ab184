"""The view from above, for whoever has three minutes: who is behind, and with what."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from shuzhi.kernel.access import Permission, allows
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.scope import chosen_year
from shuzhi.kernel.views.guards import needs
from shuzhi.matters.queries import county as queries
from shuzhi.matters.queries.county import Cell, Figure, Row
from shuzhi.matters.queries.coverage import Covered
from shuzhi.matters.queries.coverage import coverage as coverage_of
from shuzhi.matters.tables import FIGURES, list_address
from shuzhi.registry.queries import ancestors

from .loading import load_kind


def _place(request: ActorRequest) -> Any:
    unit = queries.place(request.actor, request.GET.get("unit"))
    if unit is None:
        raise Http404
    return unit


@needs(Permission.MATTER_VIEW)
def county(request: ActorRequest) -> HttpResponse:
    """Show units × kinds; every number leads to its rows."""
    unit, year = _place(request), chosen_year(request)
    asked = request.GET.get("figure", "")
    figure = Figure(asked) if asked in list(Figure) else Figure.OVERDUE
    held, rows = queries.table(unit, year, request.actor)
    context = {
        "unit": unit,
        "above": _above(request, unit),
        "figure": figure,
        "figures": FIGURES.items(),
        "title": FIGURES[figure],
        "is_rate": figure in queries.RATES,
        "held": held,
        "rows": [_shown(row, held, figure, year) for row in rows],
        "year": year,
    }
    return render(request, "matters/county.html", context)


def _above(request: ActorRequest, unit: Any) -> list[Any]:
    """Return the units above that the reader may look at, the highest first."""
    see = Permission.MATTER_VIEW
    return [one for one in ancestors(unit) if allows(request.actor, see, one)]


def _shown(row: Row, held: Any, figure: Figure, year: int) -> dict[str, Any]:
    found = queries.cells(row, held, figure)
    return {
        "unit": row.unit,
        "whole": row.whole,
        "cells": [(cell, _rows(row, cell, figure, year)) for cell in found],
    }


def _rows(row: Row, cell: Cell, figure: Figure, year: int) -> str:
    """Return where the rows behind a cell stand: as many as it says, or all that its rate is of."""
    alone = "1" if row.alone else ""
    return list_address(figure=figure, kind=cell.kind, year=year, unit=row.unit.path, alone=alone)


def _covered(row: Covered, kind: str, year: int) -> str:
    return list_address(figure="total", kind=kind, year=year, unit=row.unit.path)


@needs(Permission.MATTER_VIEW)
def coverage(request: ActorRequest, kind: str) -> HttpResponse:
    """Show which units a kind has reached, and which it has passed over."""
    unit, year = _place(request), chosen_year(request)
    mechanism = load_kind(kind)
    rows = coverage_of(unit, kind, mechanism.plan.opens.state, year, request.actor)
    context = {
        "unit": unit,
        "above": _above(request, unit),
        "kind": kind,
        "title": mechanism.called,
        "rows": [{"row": row, "url": _covered(row, kind, year)} for row in rows],
        "year": year,
    }
    return render(request, "matters/coverage.html", context)
