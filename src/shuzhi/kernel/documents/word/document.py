"""Put the parts of an official paper together and write the same bytes for the same paper."""

from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document

from shuzhi.kernel.documents.paper import Paper, plain

from .body import add_annex_list, add_annexes, add_blocks, add_signature, add_title
from .faces import font_table
from .head import add_head
from .page import add_page_numbers, set_defaults, set_page
from .style import add_paragraph, add_run
from .tail import add_tail

ZIP_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
FONT_TABLE: Final = "/word/fontTable.xml"


def _properties(document: Document, paper: Paper) -> None:
    core: Any = document.core_properties
    core.title, core.author = plain(paper.title.replace("\n", ""))[:255], plain(paper.issuer)[:255]
    core.last_modified_by, core.comments, core.language = core.author, "", "zh-CN"
    core.revision = 1
    day = paper.dated or date(2000, 1, 1)
    core.created = core.modified = datetime.combine(day, time(), UTC)


def _package(document: Document) -> None:
    """Replace the template's own fonts by ours, and drop its picture of an empty page."""
    package = document.part.package
    for part in list(package.iter_parts()):
        if str(part.partname) == FONT_TABLE:
            part._blob = font_table()
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]


def _packed(document: Document) -> bytes:
    """Return the file with fixed times in its archive."""
    raw, out = BytesIO(), BytesIO()
    document.save(raw)
    with ZipFile(raw) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = ZipInfo(name, ZIP_EPOCH)
            info.compress_type = ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return out.getvalue()


def write_word(paper: Paper) -> bytes:
    """Return an official paper as .docx by GB/T 9704; the same paper gives the same bytes."""
    document = docx.Document()
    _properties(document, paper)
    _package(document)
    set_defaults(document)
    set_page(document)
    add_page_numbers(document)
    if paper.mark:
        add_head(document, paper)
    add_title(document, paper.title)
    if paper.addressee:
        add_run(add_paragraph(document, "l"), f"{paper.addressee}：")
    add_blocks(document, list(paper.blocks))
    add_annex_list(document, [annex.title for annex in paper.annexes])
    if paper.signature:
        add_signature(document, paper)
    add_annexes(document, paper)
    add_tail(document, paper)
    return _packed(document)
