"""Routine figures, typed, and handed out as Excel."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from shuzhi.appraisal.models import Entrant, Review
from shuzhi.appraisal.policy import require_sound
from shuzhi.appraisal.queries import figures as queries
from shuzhi.appraisal.queries.scheme import scheme_of
from shuzhi.appraisal.services import figures
from shuzhi.appraisal.services.figures import OPEN_FOR_FIGURES, FigureRow
from shuzhi.appraisal.sheets import figures_workbook
from shuzhi.appraisal.view import Leaf
from shuzhi.kernel.errors import RowFault
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, answers_refusals, attachment
from shuzhi.kernel.uploads import MEDIA_TYPES, FileKind

from .loading import MANAGE, RESULT, load_review, rights

SEPARATOR = "|"  # between unit code and indicator in a cell's name


def _url(review: str) -> str:
    return reverse("appraisal:figures", args=[review])


def _typed(review: Review, request: HttpRequest) -> list[FigureRow]:
    """Return the cells that were changed on the page, row numbers as it shows them."""
    leaves, rows = queries.grid(review)
    shown = _shown(request)
    return [
        _row(number, {leaf.id: _cell(row.entrant, leaf.id) for leaf in leaves}, row, shown, request)
        for number, row in enumerate(rows, 1)
    ]


def _shown(request: HttpRequest) -> dict[str, str]:
    """Return what the page had shown, by cell; a page that does not say has shown nothing."""
    try:
        found = json.loads(request.POST.get("shown", ""))
    except (ValueError, RecursionError):
        return {}
    return {str(cell): str(text) for cell, text in found.items()} if isinstance(found, dict) else {}


def _row(
    number: int,
    cells: Mapping[str, str],
    row: queries.GridRow,
    shown: Mapping[str, str],
    request: HttpRequest,
) -> FigureRow:
    """Return one unit's changed cells beside what the page had shown in them."""
    typed = {name: request.POST[cell] for name, cell in cells.items() if cell in request.POST}
    before = {name: shown[cell] for name, cell in cells.items() if cell in shown}
    touched = {name: text for name, text in typed.items() if text != before.get(name)}
    return FigureRow(
        number,
        row.entrant.unit.code,
        touched,
        {name: text for name, text in before.items() if name in touched},
    )


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
        context = _context(request, found, typed, faults)
        return render(request, "appraisal/figures.html", context, status=422)
    return act(
        request,
        lambda: figures.enter_figures(found, typed, actor=request.actor),
        done=lambda count: _("已保存，改动 %(count)d 格。") % {"count": count},
        to=_url(review),
    )


@dataclass(frozen=True)
class GridCell:
    """One cell as the page shows it: its name, what stands or was typed in it, what is wrong."""

    leaf: Leaf
    name: str
    text: str
    fault: RowFault | None = None


GridLine = tuple[Entrant, list[GridCell]]


def _context(
    request: ActorRequest,
    review: Review,
    typed: Sequence[FigureRow] = (),
    faults: Sequence[RowFault] = (),
) -> dict[str, Any]:
    leaves, standing = queries.grid(review)
    lines = _lines(leaves, standing, typed, faults)
    may = rights(request, review)
    return {
        "review": review,
        "leaves": leaves,
        "lines": lines,
        "faults": _placed(lines, faults),
        "shown": json.dumps(_standing(leaves, standing), ensure_ascii=False),
        "missing": queries.missing_figures(review),
        "happenings": queries.happenings(review),
        "vetoes": queries.vetoes(review),
        "scheme": scheme_of(review),
        "editable": may["may_manage"] and review.state in OPEN_FOR_FIGURES,
        **may,
    }


def _lines(
    leaves: Sequence[Leaf],
    standing: Sequence[queries.GridRow],
    typed: Sequence[FigureRow],
    faults: Sequence[RowFault],
) -> list[GridLine]:
    """Return every reporter with the cells: what was typed over what stands, and what is wrong."""
    touched = {(row.row, name): text for row in typed for name, text in row.values.items()}
    wrong = {(fault.row, fault.column): fault for fault in reversed(faults)}

    def cell(number: int, entrant: Entrant, leaf: Leaf, text: str) -> GridCell:
        now = touched.get((number, leaf.id), text)
        return GridCell(leaf, _cell(entrant, leaf.id), now, wrong.get((number, leaf.title)))

    return [
        (
            row.entrant,
            [cell(n, row.entrant, *one) for one in zip(leaves, row.texts, strict=True)],
        )
        for n, row in enumerate(standing, 1)
    ]


def _placed(
    lines: Sequence[GridLine], faults: Sequence[RowFault]
) -> list[tuple[str, RowFault, str]]:
    """Return each fault after its unit, with the cell at which it stands, if at one."""
    found = []
    for fault in faults:
        entrant, cells = lines[fault.row - 1]
        at = next((cell.name for cell in cells if cell.leaf.title == fault.column), "")
        found.append((entrant.unit.short_name, fault, at))
    return found


def _standing(leaves: Sequence[Leaf], rows: Sequence[queries.GridRow]) -> dict[str, str]:
    """Return every text by the name of its cell."""
    return {
        _cell(row.entrant, leaf.id): text
        for row in rows
        for leaf, text in zip(leaves, row.texts, strict=True)
    }


@answers_refusals
def sheet(request: ActorRequest, review: str) -> HttpResponse:
    """Hand out the grid as Excel."""
    found = load_review(request, review, RESULT)
    require_sound(found)
    name = _("平时考核数据-%(title)s.xlsx") % {"title": found.title}
    return attachment(figures_workbook(found), name, MEDIA_TYPES[FileKind.EXCEL])
