"""版记 at the foot of the last page, and above it in small type what proves the record."""

from typing import Any

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt

from shuzhi.kernel.documents import gbt9704 as gb
from shuzhi.kernel.documents.paper import Imprint, Paper, chinese_date

from .oxml import element, place
from .style import TWIPS, add_paragraph, add_run, set_line

PROOF_PT = 9.0
LINE_PT = 22.0
WIDTH_MM = gb.TYPE_AREA_MM[0]


def _eighths(millimetres: float) -> int:
    """Return a line's width as Word counts it: eighths of a point."""
    return round(millimetres * gb.POINTS_PER_MM * 8)


def _floating(table: Any) -> None:
    """Pin the table to the foot of the type area of the page that it falls on."""
    place(
        table._tbl.tblPr,
        element(
            "tblpPr",
            leftFromText=0,
            rightFromText=0,
            vertAnchor="margin",
            horzAnchor="page",
            tblpX=round(gb.LEFT_MM * gb.POINTS_PER_MM * TWIPS),
            tblpYSpec="bottom",
        ),
    )


def _flush(table: Any) -> None:
    margins = element("tblCellMar")
    margins.extend(element(side, w=0, type="dxa") for side in ("left", "right"))
    place(table._tbl.tblPr, margins)


def _cell(table: Any, **sides: float) -> Any:
    cell = table.add_row().cells[0]
    cell.width = Mm(WIDTH_MM)
    borders = element("tcBorders")
    for side, millimetres in sides.items():
        size = _eighths(millimetres)
        borders.append(element(side, val="single", sz=size, space=0, color="000000"))
    place(cell._tc.get_or_add_tcPr(), borders)
    return cell.paragraphs[0]


def _imprint(table: Any, imprint: Imprint) -> None:
    outer, inner = gb.IMPRINT_OUTER_MM, gb.IMPRINT_INNER_MM
    if imprint.copies:
        copies = _cell(table, top=outer, bottom=inner)
        set_line(copies, LINE_PT)
        add_run(copies, f"　抄送：{'、'.join(imprint.copies)}。", size=gb.SMALL_PT)
    printed = _cell(table, top=inner if imprint.copies else outer, bottom=outer)
    set_line(printed, LINE_PT)
    edge = Mm(WIDTH_MM) - Pt(gb.SMALL_PT)
    printed.paragraph_format.tab_stops.add_tab_stop(edge, WD_TAB_ALIGNMENT.RIGHT)
    text = f"　{imprint.printer}\t{chinese_date(imprint.printed)}印发"
    add_run(printed, text, size=gb.SMALL_PT)


def add_tail(document: Document, paper: Paper) -> None:
    """Add proof and imprint as one block on the last lines of the last page (7.4)."""
    if not (paper.imprint or paper.proof):
        return
    table: Any = document.add_table(rows=0, cols=1)
    table.autofit = False
    table.columns[0].width = Mm(WIDTH_MM)
    _floating(table)
    _flush(table)
    for text in paper.proof:
        line = _cell(table)
        set_line(line, PROOF_PT + 3)
        add_run(line, text, size=PROOF_PT)
    if paper.imprint:
        _imprint(table, paper.imprint)
    add_paragraph(document, "l", 1)  # a floating table hangs on the paragraph behind it
