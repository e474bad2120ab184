"""版头: copy number, secrecy and urgency, issuing body in red, number, signer, red line."""

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from shuzhi.kernel.documents import gbt9704 as gb
from shuzhi.kernel.documents.paper import Paper

from . import faces
from .oxml import element, place
from .style import add_paragraph, add_run, blank

TOP_LINES = 3  # copy number, secrecy, urgency: empty where there is none
RED_LINE_EIGHTHS = 12  # of a point


def _red_line(paragraph: Paragraph) -> None:
    below = round(gb.RED_LINE_BELOW_MM * gb.POINTS_PER_MM)
    borders = element("pBdr")
    borders.append(element("bottom", val="single", sz=RED_LINE_EIGHTHS, space=below, color=gb.RED))
    place(paragraph._p.get_or_add_pPr(), borders)


def _number_line(document: Document, paper: Paper) -> None:
    paragraph = add_paragraph(document, "l" if paper.signer else "c")
    if paper.signer:
        edge = Pt(gb.CHARACTER_PT * (gb.CHARACTERS - 1))
        paragraph.paragraph_format.tab_stops.add_tab_stop(edge, WD_TAB_ALIGNMENT.RIGHT)
        add_run(paragraph, f"　{paper.number}\t签发人：")
        add_run(paragraph, paper.signer, faces.KAI)
    else:
        add_run(paragraph, paper.number)
    _red_line(paragraph)


def add_head(document: Document, paper: Paper) -> None:
    """Add the red head (7.2) and the two empty lines above the title."""
    for text in (paper.copy_number, paper.secrecy, paper.urgency):
        add_run(add_paragraph(document, "l"), text, faces.HEI)
    size = gb.head_size_pt(paper.mark)
    mark = add_paragraph(document, "c", size * 1.2)
    mark.paragraph_format.space_before = Pt(
        gb.HEAD_BELOW_TOP_MM * gb.POINTS_PER_MM - TOP_LINES * gb.LINE_PT
    )
    add_run(mark, paper.mark, faces.XIAOBIAOSONG, size, red=True)
    blank(document)
    _number_line(document, paper)
    blank(document, 2)
