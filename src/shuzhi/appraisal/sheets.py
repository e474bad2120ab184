"""The figures' grid as Excel, out and in by the same columns."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.language import listed
from shuzhi.kernel.sheets import (
    Column,
    Grid,
    Kind,
    Sheet,
    find_header,
    read_sheet,
    records,
    write_workbook,
)

from .models import Review
from .queries.figures import grid
from .services.figures import FigureRow
from .view import Leaf

UNIT, NAME = "unit", "name"


def _columns(leaves: Sequence[Leaf]) -> list[Column]:
    yes_no = (_("是"), _("否"))
    return [
        Column(UNIT, _("单位代码"), required=True, width=14),
        Column(NAME, _("单位"), width=24),
        *(
            Column(
                leaf.id,
                leaf.title,
                Kind.TEXT,
                choices=yes_no if leaf.kind == "flag" else (),
                note=leaf.words,
                width=16,
            )
            for leaf in leaves
        ),
    ]


def figures_workbook(review: Review) -> bytes:
    """Return the grid as an .xlsx that a clerk fills in and sends back."""
    leaves, rows = grid(review)
    sheet = Sheet(
        _("平时考核数据"),
        _columns(leaves),
        [[row.entrant.unit.code, row.entrant.unit.name, *row.texts] for row in rows],
        instructions=[
            _("一行一个单位；单位代码不要改动，单位名称只供辨认。"),
            _("不适用的格填“不适用”；空格表示还没有数据，原有数据会被清除。"),
            *(
                _("%(item)s：%(words)s") % {"item": leaf.title, "words": leaf.words}
                for leaf in leaves
            ),
        ],
    )
    return write_workbook([sheet])


def _given(sheet: Grid, leaves: Sequence[Leaf]) -> list[Leaf]:
    """Return the leaves whose column the sheet has: a column taken out is no order to empty it.

    A heading that nobody knows, where a leaf's own is missing, is one that was changed: refused.
    """
    columns = _columns(leaves)
    header, places = find_header(sheet, columns)
    given = [leaf for leaf in leaves if leaf.id in places]
    known = set(places.values())
    strange = [str(cell) for at, cell in enumerate(sheet.rows[header]) if cell and at not in known]
    if not given or (strange and len(given) < len(leaves)):
        lacking = [leaf.title for leaf in leaves if leaf.id not in places]
        raise RefusedError(
            _("表里认不出的列：%(strange)s；缺少的列：%(lacking)s。列名请和下载的表一致。")
            % {"strange": listed(strange) or _("无"), "lacking": listed(lacking)}
        )
    return given


def read_figures(review: Review, data: bytes) -> list[FigureRow]:
    """Return the rows of an uploaded grid; raises `FaultsError` by row and column."""
    leaves, _rows = grid(review)
    sheet = read_sheet(data)
    given = _given(sheet, leaves)
    return [
        FigureRow(
            found.row,
            str(found[UNIT]),
            {leaf.id: str(found[leaf.id] or "") for leaf in given},
        )
        for found in records(sheet, _columns(given))
    ]
