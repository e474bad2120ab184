"""The ledger of a kind: out as Excel, in with a preview by row and cell, then taken in whole."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from shuzhi.kernel.access import Permission
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.files import read_bytes, store_bytes
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.models import StoredFile
from shuzhi.kernel.responses import act, answers_refusals, attachment
from shuzhi.kernel.scope import chosen_year
from shuzhi.kernel.sheets import read_sheet
from shuzhi.kernel.uploads import MEDIA_TYPES, MIB, FileKind, accepts_upload, receive
from shuzhi.matters.queries.listing import seen, with_left, with_names
from shuzhi.matters.services import note_ledger_out, take_ledger
from shuzhi.matters.sheets import Ledger, Line, compare, counts_of, ledger_workbook
from shuzhi.matters.sheets.preview import shown
from shuzhi.matters.tables import list_address
from shuzhi.matters.yearly import Year

from .loading import load_kind

LIMIT = 5 * MIB
MOST_ROWS = 1000


def _ledger(request: ActorRequest, kind: str) -> Ledger:
    mechanism = load_kind(kind)
    rights = (Permission.MATTER_OPEN, Permission.MATTER_ACT, Permission.MATTER_VIEW)
    if not any(request.actor.has(right) for right in rights):
        raise PermissionDenied
    return Ledger(mechanism)


@accepts_upload(LIMIT)
@answers_refusals
def ledger(request: ActorRequest, kind: str) -> HttpResponse:
    """Explain the two ways; on POST show what a filled ledger would do."""
    found = _ledger(request, kind)
    context: dict[str, Any] = {"kind": kind, "mechanism": found.mechanism, "limit": MOST_ROWS}
    if request.method != "POST":
        return render(request, "matters/ledger.html", context)
    upload = receive(request, "sheet", FileKind.EXCEL, FileKind.CSV, limit=LIMIT)
    lines = _lines(request, found, upload.data)
    kept = store_bytes(upload.data, upload.name, upload.media_type, actor=request.actor)
    context |= {"file": kept, "counts": counts_of(lines), **shown(found, lines)}
    return render(request, "matters/ledger_preview.html", context)


def _lines(request: ActorRequest, found: Ledger, data: bytes) -> list[Line]:
    grid = read_sheet(data)
    if len(grid.rows) > MOST_ROWS:
        raise RefusedError(_("一次最多 %(n)d 行，请分成几个文件。") % {"n": MOST_ROWS})
    return compare(found, grid, request.actor)


def ledger_sheet(request: ActorRequest, kind: str) -> HttpResponse:
    """Hand out the year's ledger."""
    found = _ledger(request, kind)
    rows = seen(request.actor).filter(
        Year(chosen_year(request)).holds(), mechanism=kind, split=False
    )
    listed = with_left(with_names(rows)).order_by("opened_on", "pk")
    book = ledger_workbook(found, list(listed))
    note_ledger_out(actor=request.actor, kind=kind)
    return attachment(book, f"{found.title}.xlsx", MEDIA_TYPES[FileKind.EXCEL])


def _uploaded(request: ActorRequest) -> bytes:
    """Return the file that the reader has just looked at; nobody takes in another's."""
    mine = StoredFile.objects.filter(uploaded_by=request.actor.account_id)
    kept = mine.filter(public_id=request.POST.get("file", "")).first()
    if kept is None:
        raise RefusedError(_("请先上传填好的台账，看过预览再写入。"))
    return read_bytes(kept)


@require_POST
def ledger_take(request: ActorRequest, kind: str) -> HttpResponse:
    """Take in what the preview showed; held against what stands once more."""
    found = _ledger(request, kind)

    def take() -> Any:
        lines = _lines(request, found, _uploaded(request))
        return take_ledger(actor=request.actor, mechanism=kind, lines=lines)

    return act(
        request,
        take,
        done=lambda taken: ngettext("已写入 %d 行。", "已写入 %d 行。", len(taken)) % len(taken),
        to=list_address(kind=kind),
    )
