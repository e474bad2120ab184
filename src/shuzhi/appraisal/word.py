"""Read a written report from a Word file: sections by their headings, the rest as loose text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from io import BytesIO
from typing import Any

from django.utils.translation import gettext_lazy as _
from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table, _Cell

from shuzhi.kernel.archives import open_archive
from shuzhi.kernel.errors import RefusedError

MIB = 1024 * 1024
UPLOAD_LIMIT = 10 * MIB
UNPACKED_LIMIT = 60 * MIB
HEADING_LENGTH = 60  # a longer paragraph is text, whatever it begins with
WORDS_AROUND = 8  # characters that a heading may add to a title: 关于……情况
LIKENESS = 0.7  # share of common text from which a heading is taken for a topic's title

# 一、 (二) 3. 4.、 第五部分: what people put before a heading
_NUMBER = re.compile(
    r"^\s*(第[一二三四五六七八九十]+[部分章节]+|[(\(]?[一二三四五六七八九十\d]{1,3}[)\)]?[、..)\)]?)\s*"
)


@dataclass
class Reading:
    """What was recognised: text by topic, and what stood before the first known heading."""

    sections: dict[str, str] = field(default_factory=dict)
    loose: str = ""


def _check(data: bytes) -> None:
    if len(data) > UPLOAD_LIMIT:
        raise RefusedError(
            _("文件超过 %(limit)d MB。请压缩或删去图片后再上传。") % {"limit": UPLOAD_LIMIT // MIB}
        )
    archive = open_archive(data, unpacked=UNPACKED_LIMIT)
    if archive is None or "word/document.xml" not in archive.namelist():
        raise RefusedError(
            _("这不是 Word 文件（.docx）。请在 Word 或 WPS 中“另存为”.docx 后再上传。")
        )


def _texts(block: Any) -> Iterator[str]:
    if isinstance(block, Table):
        for row in block.rows:
            # As written, not `row.cells`: that repeats a cell as often as the file says it spans.
            cells = (_Cell(cell, block).text.strip() for cell in row._tr.tc_lst)
            yield " ".join(filter(None, cells))
    else:
        yield block.text.strip()


def paragraphs(data: bytes) -> list[str]:
    """Return what a .docx says, paragraph by paragraph; refuse what is no Word file."""
    _check(data)
    try:
        blocks = Document(BytesIO(data)).iter_inner_content()
        return [text for block in blocks for text in _texts(block) if text]
    except (PackageNotFoundError, LookupError, ValueError, SyntaxError, AttributeError, TypeError):
        raise RefusedError(_("这个 Word 文件已损坏，打不开。请重新保存后再上传。")) from None


def _likeness(heading: str, title: str) -> float:
    if title in heading and len(heading) <= len(title) + WORDS_AROUND:
        return 1.0
    return SequenceMatcher(None, heading, title, autojunk=False).ratio()


def _topic_of(paragraph: str, titles: Mapping[str, str]) -> str | None:
    """Return the topic that a paragraph names as its heading, or None."""
    bare = _NUMBER.sub("", paragraph).rstrip("::")  # noqa: B005 (both colons)
    if not bare or len(bare) > HEADING_LENGTH or "。" in bare:
        return None
    score, topic = max((_likeness(bare, title), key) for key, title in titles.items())
    return topic if score >= LIKENESS else None


def read_report(data: bytes, topics: Sequence[Mapping[str, str]]) -> Reading:
    """Sort a Word file's text under `topics` ({id, title}); unknown text stays loose.

    Raises `RefusedError` for anything that is no readable .docx, or too large.
    """
    titles = {topic["id"]: topic["title"] for topic in topics}
    found: dict[str, list[str]] = {}
    loose: list[str] = []
    into = loose
    for paragraph in paragraphs(data):
        topic = _topic_of(paragraph, titles)
        if topic is None:
            into.append(paragraph)
        else:
            into = found.setdefault(topic, [])
    return Reading({key: "\n".join(lines) for key, lines in found.items()}, "\n".join(loose))
