"""Tables in Word: header rows that repeat, rows that never break, borders of half a point."""

from typing import Any

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.shared import Mm

from shuzhi.kernel.documents import gbt9704 as gb
from shuzhi.kernel.documents.paper import Table

from . import faces
from .oxml import element, place
from .style import ALIGN, add_paragraph, add_run, set_line

LINE_PT = 18.0
CELL_MARGIN = 60  # twips left and right


def _borders(table: Any) -> None:
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(side, val="single", sz=4, space=0, color="000000"))
    margins = element("tblCellMar")
    for side, width in (("top", 40), ("left", CELL_MARGIN), ("bottom", 40), ("right", CELL_MARGIN)):
        margins.append(element(side, w=width, type="dxa"))
    place(table._tbl.tblPr, borders)
    place(table._tbl.tblPr, margins)


def _widths(table: Any, weights: list[float]) -> None:
    """Fix the columns: in the grid for Word, in each cell for WPS and LibreOffice."""
    table.autofit = False
    total = sum(weights)
    for column, weight in zip(table.columns, weights, strict=True):
        column.width = Mm(gb.TYPE_AREA_MM[0] * weight / total)


def _row(table: Any, texts: list[str], aligns: list[str], widths: list[Any], face: str) -> Any:
    row = table.add_row()
    row._tr.get_or_add_trPr().append(element("cantSplit"))
    for cell, text, align, width in zip(row.cells, texts, aligns, widths, strict=True):
        cell.width = width
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = cell.paragraphs[0]
        paragraph.alignment = ALIGN[align]
        set_line(paragraph, LINE_PT)
        add_run(paragraph, text, face, gb.TABLE_PT)
    return row


def add_table(document: Document, block: Table) -> None:
    """Add a table across the type area, with its caption above."""
    if block.caption:
        caption = add_paragraph(document, "c")
        caption.paragraph_format.keep_with_next = True
        add_run(caption, block.caption, faces.HEI, gb.TABLE_PT)
    table: Any = document.add_table(rows=0, cols=len(block.header))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _borders(table)
    _widths(table, list(block.widths))
    widths = [column.width for column in table.columns]
    head = _row(table, list(block.header), ["c"] * len(widths), widths, faces.HEI)
    head._tr.get_or_add_trPr().append(element("tblHeader"))
    aligns = [block.alignment(at) for at in range(len(widths))]
    for texts in block.rows:
        _row(table, list(texts), aligns, widths, faces.FANGSONG)
