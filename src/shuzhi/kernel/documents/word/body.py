"""主体: title, addressee, headings, paragraphs, tables, pictures, signature and date."""

from io import BytesIO

from docx.document import Document
from docx.shared import Mm, Pt
from docx.table import Table as WordTable

from shuzhi.kernel.documents import gbt9704 as gb
from shuzhi.kernel.documents.paper import (
    Block,
    Heading,
    Paper,
    Picture,
    Table,
    Text,
    chinese_date,
    numbered,
    plain,
    signature_indents,
    title_text,
)

from . import faces
from .oxml import element, place
from .style import add_paragraph, add_run, blank, indent
from .table import add_table

FACES = {1: faces.HEI, 2: faces.KAI, 3: faces.FANGSONG, 4: faces.FANGSONG}
BOLD_LEVEL = 3


def add_title(document: Document, title: str) -> None:
    """Add a title in 二号小标宋, centred, and the empty line below it."""
    paragraph = add_paragraph(document, "c")
    add_run(paragraph, title_text(title), faces.XIAOBIAOSONG, gb.TITLE_PT)
    blank(document)


def _add_heading(document: Document, heading: Heading) -> None:
    paragraph = add_paragraph(document)
    paragraph.paragraph_format.keep_with_next = True
    indent(paragraph, first=2)
    place(paragraph._p.get_or_add_pPr(), element("outlineLvl", val=heading.level - 1))
    add_run(paragraph, heading.text, FACES[heading.level], bold=heading.level == BOLD_LEVEL)


def _add_text(document: Document, text: Text) -> None:
    paragraph = add_paragraph(document)
    if text.indent:
        indent(paragraph, first=2)
    if text.lead:
        add_run(paragraph, text.lead, faces.KAI)
    add_run(paragraph, text.text)


def _add_picture(document: Document, picture: Picture) -> None:
    paragraph = add_paragraph(document, "c", None)
    paragraph.paragraph_format.space_before = Pt(gb.TABLE_PT)
    paragraph.paragraph_format.keep_with_next = bool(picture.caption)
    shape = paragraph.add_run().add_picture(BytesIO(picture.png), width=Mm(picture.width_mm))
    shape._inline.docPr.set("descr", plain(picture.alt))
    if picture.caption:
        caption = add_paragraph(document, "c")
        add_run(caption, picture.caption, faces.HEI, gb.TABLE_PT)


def add_blocks(document: Document, blocks: tuple[Block, ...] | list[Block]) -> None:
    """Add the blocks in order, headings numbered."""
    for block in numbered(blocks):
        match block:
            case Heading():
                _add_heading(document, block)
            case Text():
                _add_text(document, block)
            case Table():
                add_table(document, block)
            case Picture():
                _add_picture(document, block)


def add_annex_list(document: Document, titles: list[str]) -> None:
    """Add 附件说明 one line below the text, two characters in (7.3.4)."""
    if not titles:
        return
    blank(document)
    for at, title in enumerate(titles, start=1):
        paragraph = add_paragraph(document, "l")
        own = f"{at}. " if len(titles) > 1 else ""
        indent(paragraph, left=2 if at == 1 else 5)
        add_run(paragraph, f"{'附件：' if at == 1 else ''}{own}{title}")


def _keep_last(document: Document) -> None:
    """Let the last paragraph, or the last row of a table, move together with what follows."""
    *_, last = document.iter_inner_content()
    cells = last.rows[-1].cells if isinstance(last, WordTable) else ()
    for paragraph in [one for cell in cells for one in cell.paragraphs] or [last]:
        paragraph.paragraph_format.keep_with_next = True


def add_signature(document: Document, paper: Paper) -> None:
    """Add 署名 and 成文日期, with room for the seal (7.3.5.1), never alone on a page (7.3.5.4)."""
    _keep_last(document)
    blank(document, 2, kept=True)
    dated = chinese_date(paper.dated)
    places = signature_indents(paper.issuer, dated, gb.DATE_RIGHT_SEALED)
    for text, right in zip((paper.issuer, dated), places, strict=True):
        paragraph = add_paragraph(document, "r")
        paragraph.paragraph_format.keep_with_next = text == paper.issuer
        indent(paragraph, right=right)
        add_run(paragraph, text)


def add_annexes(document: Document, paper: Paper) -> None:
    """Add each annex on a new page: 附件 in 黑体 on line 1, its title on line 3 (7.3.7)."""
    for at, annex in enumerate(paper.annexes, start=1):
        label = add_paragraph(document, "l")
        label.paragraph_format.page_break_before = True
        add_run(label, f"附件{at if len(paper.annexes) > 1 else ''}", faces.HEI)
        blank(document)
        add_title(document, annex.title)
        add_blocks(document, list(annex.blocks))
