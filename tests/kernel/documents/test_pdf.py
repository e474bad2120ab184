"""PDFs read back: their text, their pages, the same bytes twice."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from shuzhi.kernel.documents.paper import Paper, Text
from shuzhi.kernel.documents.pdf import write_pdf

from .sample import HOSTILE, MARK, paper


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def pdf() -> PdfReader:
    return PdfReader(BytesIO(write_pdf(paper())))


def test_pages_are_a4_and_hold_every_part(pdf: PdfReader) -> None:
    box = pdf.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 842)
    text = _bare("".join(page.extract_text() for page in pdf.pages))
    for part in (
        MARK,
        "清发〔2026〕12号",
        "一、总体情况",
        "附件二的正文",
        "第60社区",
        "抄送：县委组织部。",
    ):
        assert part in text


def test_words_of_people_stay_words(pdf: PdfReader) -> None:
    text = _bare("".join(page.extract_text() for page in pdf.pages))
    assert text.count(_bare(HOSTILE)) >= 2  # in a paragraph and in the table


def test_header_row_repeats(pdf: PdfReader) -> None:
    pages = [page for page in pdf.pages if "名次单位" in _bare(page.extract_text())]
    assert len(pages) >= 2


def test_a_full_page_holds_22_lines_of_28_characters() -> None:
    plain = Paper("题", [Text("字" * 28 * 60, indent=False)], "某", None)
    page = PdfReader(BytesIO(write_pdf(plain))).pages[1]
    lines = re.findall("字+", page.extract_text())
    assert lines == ["字" * 28] * 22


def test_same_paper_gives_the_same_bytes() -> None:
    assert write_pdf(paper(3)) == write_pdf(paper(3))
