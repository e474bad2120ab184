"""Routine figures typed or from Excel, happenings, vetoes."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuzhi.appraisal.forms.figures import HappeningForm, VetoForm
from shuzhi.appraisal.models import Entrant, Happening, Review, Veto
from shuzhi.appraisal.queries import figures as queries
from shuzhi.appraisal.queries.scheme import scheme_faults, scheme_of
from shuzhi.appraisal.services import figures
from shuzhi.appraisal.services.figures import OPEN_FOR_FIGURES, FigureRow
from shuzhi.appraisal.sheets import figures_workbook, read_figures
from shuzhi.kernel.errors import StateError
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, act_on_form, answers_refusals, attachment
from shuzhi.kernel.sheets import Limits
from shuzhi.kernel.uploads import FileKind, accepts_upload, receive

from .loading import MANAGE, RESULT, load_entrant, load_review, rights

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SEPARATOR = "|"  # between unit code and indicator in a cell's name


def _url(review: str) -> str:
    return reverse("appraisal:figures", args=[review])


def _sound(review: Review) -> None:
    if scheme_faults(review):
        raise StateError(_("考核方案有误，暂时不能填数据。请先改正方案。"))


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
    _sound(found)
    if request.method != "POST":
        return render(request, "appraisal/figures.html", _context(request, found))
    typed = _typed(found, request)
    if faults := figures.check_rows(found, typed):
        context = _context(request, found, typed) | {"faults": faults}
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
    _sound(found)
    name = _("平时考核数据-%(title)s.xlsx") % {"title": found.title}
    return attachment(figures_workbook(found), name, XLSX)


@accepts_upload(Limits().size)
@require_POST
@answers_refusals
def upload(request: ActorRequest, review: str) -> HttpResponse:
    """Take a filled-in grid back, whole or not at all."""
    found = load_review(request, review, MANAGE)
    _sound(found)
    file = receive(request, "file", FileKind.EXCEL, FileKind.CSV, limit=Limits().size)
    rows = read_figures(found, file.data)
    return act(
        request,
        lambda: figures.enter_figures(found, rows, actor=request.actor),
        done=lambda count: _("已从表格读入，改动 %(count)d 格。") % {"count": count},
        to=_url(review),
    )


@answers_refusals
def happening(request: ActorRequest, review: str) -> HttpResponse:
    """Record a bonus or a deduction."""
    found = load_review(request, review, MANAGE)
    _sound(found)
    entrants = found.entrants.select_related("unit")
    form = HappeningForm(request.POST or None, entrants=entrants, scheme=scheme_of(found))
    return act_on_form(
        request,
        form,
        lambda data: figures.add_happening(
            load_entrant(request, found, data["entrant"]),
            data["indicator"],
            data["points"],
            data["reason"],
            key=data["key"],
            actor=request.actor,
        ),
        template="appraisal/form.html",
        done=lambda row: (
            _("已为%(unit)s登记 %(points)s 分。")
            % {"unit": row.entrant.unit.name, "points": f"{row.points.normalize():+f}"}
        ),
        to=_url(review),
        review=found,
        heading=_("登记加减分事项"),
        back=_url(review),
    )


@answers_refusals
def veto(request: ActorRequest, review: str) -> HttpResponse:
    """Record that a veto applies."""
    found = load_review(request, review, MANAGE)
    _sound(found)
    entrants = found.entrants.select_related("unit")
    form = VetoForm(request.POST or None, entrants=entrants, scheme=scheme_of(found))
    return act_on_form(
        request,
        form,
        lambda data: figures.add_veto(
            load_entrant(request, found, data["entrant"]),
            data["veto"],
            data["basis"],
            actor=request.actor,
        ),
        template="appraisal/form.html",
        done=lambda row: _("已登记对%(unit)s的一票否决。") % {"unit": row.entrant.unit.name},
        to=_url(review),
        review=found,
        heading=_("登记一票否决"),
        back=_url(review),
    )


@require_POST
def happening_remove(request: ActorRequest, review: str, happening: int) -> HttpResponse:
    """Take a happening back."""
    found = load_review(request, review, MANAGE)
    rows = Happening.objects.select_related("entrant__review__unit").filter(entrant__review=found)
    row = get_object_or_404(rows, pk=happening)
    return act(
        request,
        lambda: figures.remove_happening(row, actor=request.actor),
        done=_("已撤销这一事项，记录里仍可查到。"),
        to=_url(review),
    )


@require_POST
def veto_remove(request: ActorRequest, review: str, veto: int) -> HttpResponse:
    """Take a veto back."""
    found = load_review(request, review, MANAGE)
    rows = Veto.objects.select_related("entrant__review__unit").filter(entrant__review=found)
    row = get_object_or_404(rows, pk=veto)
    return act(
        request,
        lambda: figures.remove_veto(row, actor=request.actor),
        done=_("已撤销这一否决，记录里仍可查到。"),
        to=_url(review),
    )
