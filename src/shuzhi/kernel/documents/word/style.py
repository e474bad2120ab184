"""Typefaces by name, and paragraphs and runs set the way the standard wants them."""

from typing import Any, Final

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from shuzhi.kernel.documents import gbt9704 as gb
from shuzhi.kernel.documents.paper import plain

from .faces import FANGSONG, set_face
from .oxml import element, place

ALIGN: Final = {
    "l": WD_ALIGN_PARAGRAPH.LEFT,
    "c": WD_ALIGN_PARAGRAPH.CENTER,
    "r": WD_ALIGN_PARAGRAPH.RIGHT,
    "j": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
TWIPS: Final = 20  # to a point


def add_run(
    paragraph: Paragraph,
    text: str,
    face: str = FANGSONG,
    size: float = gb.BODY_PT,
    *,
    bold: bool = False,
    red: bool = False,
) -> Run:
    """Add text in a face and size (points)."""
    run = paragraph.add_run(plain(text))
    run.font.size = Pt(size)
    set_face(run._r.get_or_add_rPr(), face)
    run.font.bold = bold or None
    if red:
        run.font.color.rgb = RGBColor.from_string(gb.RED)
    return run


def exact(points: float) -> Any:
    """Return a fixed line pitch without space before and after."""
    return element("spacing", before=0, after=0, line=int(points * TWIPS), lineRule="exact")


def set_line(paragraph: Paragraph, points: float | None) -> None:
    """Fix another line pitch than the style's; None lets the line grow (pictures)."""
    spacing = element("spacing", before=0, after=0, line=240, lineRule="auto")
    place(paragraph._p.get_or_add_pPr(), exact(points) if points else spacing)


def add_paragraph(container: Any, align: str = "j", line: float | None = gb.LINE_PT) -> Paragraph:
    """Add an empty paragraph to a document, cell or footer."""
    paragraph: Paragraph = container.add_paragraph()
    paragraph.alignment = ALIGN[align]
    if line != gb.LINE_PT:
        set_line(paragraph, line)
    return paragraph


def indent(paragraph: Paragraph, *, first: float = 0, left: float = 0, right: float = 0) -> None:
    """Indent by characters; the lengths stand beside for programs that ignore characters."""
    made = element("ind")
    for name, count in (("firstLine", first), ("left", left), ("right", right)):
        if count:
            made.set(qn(f"w:{name}Chars"), str(round(count * 100)))
            made.set(qn(f"w:{name}"), str(round(count * gb.CHARACTER_PT * TWIPS)))
    place(paragraph._p.get_or_add_pPr(), made)


def blank(document: Document, lines: int = 1, *, kept: bool = False) -> None:
    """Add empty lines of the grid; `kept` on the page of what follows."""
    for _line in range(lines):
        paragraph = add_paragraph(document)
        paragraph.paragraph_format.keep_with_next = kept or None
        add_run(paragraph, "")
