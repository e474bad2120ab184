"""Word files opened again and held against GB/T 9704-2012."""

from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from shuzhi.kernel.documents.paper import Block, Table, Text
from shuzhi.kernel.documents.word import write_word
from shuzhi.kernel.documents.word.oxml import ORDER
from shuzhi.kernel.uploads import FileKind, check_upload

from .sample import HOSTILE, MARK, paper

TOLERANCE = Mm(0.1)


@pytest.fixture(scope="module")
def data() -> bytes:
    return write_word(paper())


@pytest.fixture
def document(data: bytes) -> Any:
    return docx.Document(BytesIO(data))


def _paragraph(document: Any, text: str) -> Any:
    return next(found for found in document.paragraphs if text in found.text)


def _face(paragraph: Any) -> str:
    fonts = paragraph.runs[0]._r.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == fonts.get(qn("w:ascii"))
    return str(fonts.get(qn("w:eastAsia")))


def test_page_has_the_size_and_margins_of_the_standard(document: Any) -> None:
    section = document.sections[0]
    found = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    found += (section.left_margin, section.right_margin)
    for value, millimetres in zip(found, (210, 297, 37, 35, 28, 26), strict=True):
        assert abs(value - Mm(millimetres)) < TOLERANCE
    area = section.page_width - section.left_margin - section.right_margin
    assert abs(area - Mm(156)) < TOLERANCE


def test_grid_holds_22_lines_of_28_characters(document: Any) -> None:
    grid = document.sections[0]._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    line = int(grid.get(qn("w:linePitch"))) / 20
    character = 16 + int(grid.get(qn("w:charSpace"))) / 4096
    assert (Mm(225) // Pt(line), round(Mm(156).pt / character)) == (22, 28)


def test_lines_are_fixed_and_28_characters_fit_one(document: Any) -> None:
    style = document.styles["Normal"].element
    spacing = style.pPr.find(qn("w:spacing"))
    assert spacing.get(qn("w:lineRule")) == "exact"
    assert 22 * int(spacing.get(qn("w:line"))) / 20 <= Mm(225).pt
    tighten = int(style.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert 28 * (16 + tighten) <= Mm(156).pt < 29 * (16 + tighten)


@pytest.mark.parametrize(
    ("text", "face", "size"),
    [
        (MARK, "方正小标宋简体", 42),
        ("清发〔2026〕12号", "仿宋", 16),
        ("关于2026年度", "方正小标宋简体", 22),
        ("各村（社区）党组织：", "仿宋", 16),
        ("一、总体情况", "黑体", 16),
        ("（一）到会", "楷体", 16),
        ("1.领导", "仿宋", 16),
        ("（1）列席", "仿宋", 16),
        ("2026年12月5日", "仿宋", 16),
    ],
)
def test_faces_and_sizes(document: Any, text: str, face: str, size: float) -> None:
    paragraph = _paragraph(document, text)
    assert _face(paragraph) == face
    assert paragraph.runs[0].font.size == Pt(size)


def test_head_is_red_with_a_red_line_below_the_number(document: Any) -> None:
    assert str(_paragraph(document, MARK).runs[0].font.color.rgb) == "E60012"
    line = _paragraph(document, "清发〔2026〕12号")._p.pPr.find(qn("w:pBdr"))[0]
    assert (line.tag, line.get(qn("w:color"))) == (qn("w:bottom"), "E60012")
    assert float(line.get(qn("w:space"))) == pytest.approx(Mm(4).pt, abs=0.5)


def test_upward_paper_names_its_signer_beside_the_number() -> None:
    made = docx.Document(BytesIO(write_word(replace(paper(1), signer="林 某"))))
    runs = _paragraph(made, "签发人").runs
    assert runs[1].text == "林 某"
    assert runs[1]._r.rPr.rFonts.get(qn("w:eastAsia")) == "楷体"


def test_body_is_indented_by_two_characters(document: Any) -> None:
    indent = _paragraph(document, "镇党委听取了")._p.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"


def test_date_leaves_four_characters(document: Any) -> None:
    indent = _paragraph(document, "2026年12月5日")._p.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:rightChars")) == "400"


@pytest.mark.parametrize("last", [Text("请抓紧办理。"), Table(["项", "数"], [["甲", "1"]], [1, 1])])
def test_the_signature_never_stands_alone_on_a_page(last: Block) -> None:
    short = replace(paper(), blocks=[Text("情况如下。"), last], annexes=[])
    found = list(docx.Document(BytesIO(write_word(short))).iter_inner_content())
    at = next(n for n, one in enumerate(found) if getattr(one, "text", "") == short.issuer)
    row = found[at - 3]
    text = row if isinstance(row, Paragraph) else row.rows[-1].cells[0].paragraphs[0]
    held = [text, *found[at - 2 : at + 1]]
    assert text.text in {"请抓紧办理。", "甲"}
    assert [one.paragraph_format.keep_with_next for one in held] == [True] * 4


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(document: Any) -> None:
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        assert paragraph.text == "— 1 —"
        assert paragraph._p.pPr.find(qn("w:ind")).get(qn(f"w:{side}Chars")) == "100"
        assert paragraph.runs[0].font.size == Pt(14)
        assert " PAGE " in paragraph._p.xml


def test_tables_repeat_their_header_and_break_no_row(document: Any) -> None:
    table = document.tables[0]
    assert len(table.rows) == 61
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_imprint_is_pinned_to_the_foot_of_the_last_page(document: Any) -> None:
    table = document.tables[-1]
    place = table._tbl.tblPr.find(qn("w:tblpPr"))
    assert (place.get(qn("w:vertAnchor")), place.get(qn("w:tblpYSpec"))) == ("margin", "bottom")
    texts = [row.cells[0].text for row in table.rows]
    assert texts[0] == "存证日志第 1024 条"
    assert texts[1] == "　抄送：县委组织部。"
    assert texts[2] == "　清溪镇党政办公室\t2026年12月5日印发"


def test_words_of_people_stay_words(document: Any) -> None:
    assert HOSTILE in [paragraph.text for paragraph in document.paragraphs]
    assert document.tables[0].rows[1].cells[1].text == HOSTILE
    assert HOSTILE in document.inline_shapes[0]._inline.docPr.get("descr")


def test_elements_stand_in_the_order_of_the_schema(document: Any) -> None:
    roots = [document.element, document.styles.element]
    for name, order in ORDER.items():
        names = [qn(f"w:{child}") for child in order.split()]
        for root in roots:
            for found in root.iter(qn(f"w:{name}")):
                places = [names.index(child.tag) for child in found if child.tag in names]
                assert all(first < second for first, second in pairwise(places))


def test_same_paper_gives_the_same_bytes(data: bytes) -> None:
    assert write_word(paper()) == data


def test_nothing_of_the_template_is_left(data: bytes) -> None:
    with ZipFile(BytesIO(data)) as archive:
        assert "docProps/thumbnail.jpeg" not in archive.namelist()
        assert "python-docx" not in archive.read("docProps/core.xml").decode()


def test_an_upload_of_ours_is_taken_for_a_word_file(data: bytes) -> None:
    assert check_upload("通报.docx", data, FileKind.WORD).kind is FileKind.WORD
