"""Word files: recognised by headings, refused when they are none."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document

from shuzhi.appraisal.word import read_report
from shuzhi.kernel.errors import RefusedError

from .sample import TOPICS


def docx(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for number, row in enumerate(rows):
            for place, text in enumerate(row):
                table.cell(number, place).text = text
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_headings_with_numbers_of_every_kind_are_recognised() -> None:
    data = docx(
        "述职报告",
        "一、带头学习贯彻情况",
        "组织学习十二次。",
        "（二）行动计划落实",
        "三年任务完成九成。",
        "3. 驻点联系群众",
        "走访两百户。",
        "第四部分 班子队伍建设",
        "补选委员一名。",
    )
    reading = read_report(data, TOPICS)
    assert reading.sections == {
        "t01": "组织学习十二次。",
        "t02": "三年任务完成九成。",
        "t03": "走访两百户。",
        "t04": "补选委员一名。",
    }
    assert reading.loose == "述职报告"


def test_a_sentence_that_mentions_a_topic_is_no_heading() -> None:
    reading = read_report(docx("一、扫黑除恶", "今年的扫黑除恶工作有进展。"), TOPICS)
    assert reading.sections == {"t05": "今年的扫黑除恶工作有进展。"}


def test_without_headings_the_whole_text_is_kept_as_loose_text() -> None:
    reading = read_report(docx("今年做了很多事。", "明年继续。"), TOPICS)
    assert reading.sections == {}
    assert reading.loose == "今年做了很多事。\n明年继续。"


def test_tables_are_read_too() -> None:
    data = docx("一、扫黑除恶", rows=(("线索", "3 条"), ("办结", "3 条")))
    assert read_report(data, TOPICS).sections == {"t05": "线索 3 条\n办结 3 条"}


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04broken", docx("x")[:200]])
def test_what_is_no_word_file_is_refused_with_the_way_out(data: bytes) -> None:
    with pytest.raises(RefusedError, match="docx"):
        read_report(data, TOPICS)


def test_a_file_that_lies_about_its_size_is_refused() -> None:
    """Sixty megabytes of zeros, of which the index says that they are one byte."""
    stream = BytesIO(docx("x"))
    with ZipFile(stream, "a", ZIP_DEFLATED) as archive:
        archive.writestr("word/media/zeros.bin", bytes(61 * 1024 * 1024))
    data = bytearray(stream.getvalue())
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (1).to_bytes(4, "little")
    with pytest.raises(RefusedError):
        read_report(bytes(data), TOPICS)


def rewritten(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Return the file with one part of it changed as no office program would."""
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as before, ZipFile(stream, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, content.replace(old, new) if name == part else content)
    return stream.getvalue()


def test_a_cell_that_claims_to_span_millions_is_read_once() -> None:
    data = docx("一、扫黑除恶", rows=(("线索", "3 条"),))
    wide = b'<w:tcPr><w:gridSpan w:val="99999999"/>'
    wild = rewritten(data, "word/document.xml", b"<w:tcPr>", wide)
    assert read_report(wild, TOPICS).sections == {"t05": "线索 3 条"}


@pytest.mark.parametrize("part", ["word/document.xml", "_rels/.rels", "[Content_Types].xml"])
def test_a_file_with_the_parts_but_not_the_contents_is_refused(part: str) -> None:
    data = docx("x")
    with ZipFile(BytesIO(data)) as archive:
        whole = archive.read(part)
    with pytest.raises(RefusedError, match="重新保存"):
        read_report(rewritten(data, part, whole, b"<a/>"), TOPICS)
