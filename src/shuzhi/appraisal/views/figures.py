"""Routine figures, typed or from Excel."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuzhi.appraisal.models import Entrant, Review
from shuzhi.appraisal.policy import require_sound
from shuzhi.appraisal.queries import figures as queries
from shuzhi.appraisal.queries.scheme import scheme_of
from shuzhi.appraisal.services import figures
from shuzhi.appraisal.services.figures import OPEN_FOR_FIGURES, FigureRow
from shuzhi.appraisal.sheets import figures_workbook, read_figures
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, answers_refusals, attachment
from shuzhi.kernel.sheets import Limits
from shuzhi.kernel.uploads import MEDIA_TYPES, FileKind, accepts_upload, receive

from .loading import MANAGE, RESULT, load_review, rights

SEPARATOR = "|"  # between unit code and indicator in a cell's name


def _url(review: str) -> str:
    return reverse("appraisal:figures", args=[review])


def _typed(review: Review, request: HttpRequest) -> list[FigureRow]:
    """Return the grid as typed, row numbers as the page shows them."""
    leaves, rows = queries.grid(review)
    return [
        FigureRow(
            number,
            row.entrant.unit.code,
            {x.id: request.POST.get(_cell(row.entrant, x.id), "") for x in leaves},
        )
        for number, row in enumerate(rows, 1)
    ]


def _cell(entrant: Entrant, indicator: str) -> str:
    return f"{entrant.unit.code}{SEPARATOR}{indicator}"


@answers_refusals
def grid(request: ActorRequest, review: str) -> HttpResponse:
    """Show the grid; on POST take it in whole, keeping what was typed where it is wrong."""
    found = load_review(request, review, RESULT if request.method == "GET" else MANAGE)
    require_sound(found)
    if request.method != "POST":
        return render(request, "appraisal/figures.html", _context(request, found))
    typed = _typed(found, request)
    if faults := figures.check_rows(found, typed):
        context = _context(request, found, typed)
        units = [row.entrant.unit.short_name for row in context["rows"]]
        context["faults"] = [(units[fault.row - 1], fault) for fault in faults]
        return render(request, "appraisal/figures.html", context, status=422)
    return act(
        request,
        lambda: figures.enter_figures(found, typed, actor=request.actor),
        done=lambda count: _("已保存，改动 %(count)d 格。") % {"count": count},
        to=_url(review),
    )


def _context(
    request: ActorRequest, review: Review, typed: Sequence[FigureRow] = ()
) -> dict[str, Any]:
    leaves, rows = queries.grid(review)
    if typed:
        texts = {row.unit: list(row.values.values()) for row in typed}
        rows = [queries.GridRow(r.entrant, texts[r.entrant.unit.code]) for r in rows]
    may = rights(request, review)
    return {
        "review": review,
        "leaves": leaves,
        "rows": rows,
        "missing": queries.missing_figures(review),
        "happenings": queries.happenings(review),
        "vetoes": queries.vetoes(review),
        "scheme": scheme_of(review),
        "editable": may["may_manage"] and review.state in OPEN_FOR_FIGURES,
        **may,
    }


@answers_refusals
def sheet(request: ActorRequest, review: str) -> HttpResponse:
    """Hand out the grid as Excel."""
    found = load_review(request, review, RESULT)
    require_sound(found)
    name = _("平时考核数据-%(title)s.xlsx") % {"title": found.title}
    return attachment(figures_workbook(found), name, MEDIA_TYPES[FileKind.EXCEL])


@accepts_upload(Limits().size)
@require_POST
@answers_refusals
def upload(request: ActorRequest, review: str) -> HttpResponse:
    """Take a filled-in grid back, whole or not at all."""
    found = load_review(request, review, MANAGE)
    require_sound(found)
    file = receive(request, "file", FileKind.EXCEL, FileKind.CSV, limit=Limits().size)
    rows = read_figures(found, file.data)
    return act(
        request,
        lambda: figures.enter_figures(found, rows, actor=request.actor),
        done=lambda count: _("已从表格读入，改动 %(count)d 格。") % {"count": count},
        to=_url(review),
    )
