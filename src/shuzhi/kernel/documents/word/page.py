"""The page: size, margins, grid of 22 lines by 28 characters, page numbers, default style."""

from math import floor
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from shuzhi.kernel.documents import gbt9704 as gb

from . import faces
from .oxml import element, place
from .style import TWIPS, add_paragraph, add_run, exact, indent

TIGHTEN = floor((gb.CHARACTER_PT - gb.BODY_PT) * TWIPS)  # twips between characters
FOOTER_MM = gb.BOTTOM_MM - gb.PAGE_NUMBER_BELOW_MM - 3  # the number's middle lies 7 mm below


def _grid() -> Any:
    """Return the document grid; `charSpace` counts 1/4096 pt off the default size (ISO 29500)."""
    return element(
        "docGrid",
        type="linesAndChars",
        linePitch=int(gb.LINE_PT * TWIPS),
        charSpace=int((gb.CHARACTER_PT - gb.BODY_PT) * 4096),
    )


def set_page(document: Document) -> None:
    """Set size, margins and grid of the only section."""
    section = document.sections[0]
    section.page_width, section.page_height = map(Mm, gb.PAGE_MM)
    section.top_margin, section.bottom_margin = Mm(gb.TOP_MM), Mm(gb.BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(gb.LEFT_MM), Mm(gb.RIGHT_MM)
    section.footer_distance = Mm(FOOTER_MM)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(_grid())


def _document_defaults(document: Document) -> None:
    """Set 三号 below all styles too, so that nothing falls back to the template's sizes."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for size in (*run.findall(qn("w:sz")), *run.findall(qn("w:szCs"))):
        size.set(qn("w:val"), str(int(gb.BODY_PT * 2)))
    faces.set_face(run, faces.FANGSONG)
    defaults.remove(defaults.find(qn("w:pPrDefault")))


def set_defaults(document: Document) -> None:
    """Make 三号仿宋 with the grid's pitch the default of every paragraph, marked as Chinese.

    Line and character pitch are set outright and snapping is off: LibreOffice gives a character
    that is wider than its cell (16 pt in 15.79) two cells, Word and WPS do not.
    """
    _document_defaults(document)
    normal: Any = document.styles["Normal"]
    normal.font.size = Pt(gb.BODY_PT)
    run = normal.element.get_or_add_rPr()
    faces.set_face(run, faces.FANGSONG)
    place(run, element("spacing", val=TIGHTEN))
    place(run, element("lang", val="zh-CN", eastAsia="zh-CN"))
    paragraph = normal.element.get_or_add_pPr()
    place(paragraph, exact(gb.LINE_PT))
    for name in ("autoSpaceDE", "autoSpaceDN", "snapToGrid"):
        place(paragraph, element(name, val=0))


def _add_field(paragraph: Any) -> None:
    """Add the field PAGE, with a cached 1 for readers that do not count."""
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("text", "1"), ("end", "")):
        run = add_run(paragraph, text if kind == "text" else "", faces.SONG, gb.SMALL_PT)
        if kind == "":
            code = element("instrText")
            code.text = text
            run._r.append(code)
        elif kind != "text":
            run._r.append(element("fldChar", fldCharType=kind))


def _number(footer: Any, align: str) -> None:
    footer.is_linked_to_previous = False
    for old in list(footer.paragraphs):
        old._p.getparent().remove(old._p)
    paragraph = add_paragraph(footer, align, gb.SMALL_PT + 2)
    add_run(paragraph, "— ", faces.SONG, gb.SMALL_PT)
    _add_field(paragraph)
    add_run(paragraph, " —", faces.SONG, gb.SMALL_PT)
    indent(paragraph, **{"right" if align == "r" else "left": 1})


def add_page_numbers(document: Document) -> None:
    """Number the pages: 四号宋体, odd ones right, even ones left, one character free (7.5)."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    _number(section.footer, "r")
    _number(section.even_page_footer, "l")
