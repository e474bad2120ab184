"""A list as an Excel file: what was searched and filtered, all pages; who took it is recorded."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel import sheets
from shuzhi.kernel.audit import EventKind, record, register_events
from shuzhi.kernel.middleware import actor_of_request
from shuzhi.kernel.models import Account
from shuzhi.kernel.uploads import MEDIA_TYPES, FileKind
from shuzhi.kernel.writes import writing

from .declare import Column, Table

BATCH = 2000  # rows in memory at once, beside the workbook

register_events([EventKind("list.exported", _("导出了列表"))])


def _value(column: Column, row: Any) -> Any:
    if column.badge:
        badge = column.badge(row)
        return str(badge.word) if badge else ""
    found = column.of(row)
    return str(found) if hasattr(found, "_meta") or hasattr(found, "__html__") else found


def _rows(table: Table, rows: QuerySet[Any]) -> Iterator[list[Any]]:
    for row in rows.iterator(chunk_size=BATCH):
        yield [_value(column, row) for column in table.columns]


def workbook(table: Table, rows: QuerySet[Any]) -> bytes:
    """Return the list's columns over `rows` as one sheet."""
    columns = [
        sheets.Column(c.key, c.label, sheets.Kind.DECIMAL if c.numeric else sheets.Kind.TEXT)
        for c in table.columns
    ]
    return sheets.write_workbook([sheets.Sheet(table.title, columns, _rows(table, rows))])


def excel_response(request: HttpRequest, table: Table, rows: QuerySet[Any]) -> HttpResponse:
    """Answer with the file, after recording who exported which list."""
    actor = actor_of_request(request)
    with writing():
        account = Account.objects.get(pk=actor.account_id or 0)
        record("list.exported", account, actor=actor, after={"list": table.name})
    disposition = content_disposition_header(as_attachment=True, filename=f"{table.title}.xlsx")
    return HttpResponse(
        workbook(table, rows),
        content_type=MEDIA_TYPES[FileKind.EXCEL],
        headers={"Content-Disposition": disposition or "attachment", "Cache-Control": "no-store"},
    )
