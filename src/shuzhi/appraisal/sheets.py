"""The figures' grid as Excel, out and in by the same columns."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from shuzhi.kernel.sheets import Column, Kind, Sheet, read_sheet, records, write_workbook

from .models import Review
from .queries.figures import grid
from .services.figures import FigureRow
from .view import Leaf

HEADER_WITHIN = 10  # rows; as the reader of records looks for it
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
            _("不适用的格填 na；空格表示还没有数据，原有数据会被清除。"),
            *(f"{leaf.title}:{leaf.words}" for leaf in leaves),
        ],
    )
    return write_workbook([sheet])


def _given(rows: Sequence[Sequence[object]], leaves: Sequence[Leaf]) -> list[Leaf]:
    """Return the leaves whose column the sheet has: a column taken out is no order to empty it."""
    titles = {str(cell).strip() for row in rows[:HEADER_WITHIN] for cell in row if cell}
    return [leaf for leaf in leaves if leaf.title in titles]


def read_figures(review: Review, data: bytes) -> list[FigureRow]:
    """Return the rows of an uploaded grid; raises `FaultsError` by row and column."""
    leaves, _rows = grid(review)
    sheet = read_sheet(data)
    given = _given(sheet.rows, leaves)
    return [
        FigureRow(
            found.row,
            str(found[UNIT]),
            {leaf.id: str(found[leaf.id] or "") for leaf in given},
        )
        for found in records(sheet, _columns(given))
    ]
