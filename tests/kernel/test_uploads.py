"""Uploads: cut off by size before they are read, and taken by content, not by name."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.sheets import Column, Sheet, write_workbook
from shuzhi.kernel.uploads import (
    FileKind,
    UploadLimitMiddleware,
    accepts_upload,
    check_upload,
    kind_of,
    receive,
)

MIB = 1024 * 1024
WORKBOOK = write_workbook([Sheet("x", [Column("n", "姓名")])])


def _zip(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return buffer.getvalue()


WORD = _zip("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (WORD, FileKind.WORD),
        (WORKBOOK, FileKind.EXCEL),
        ("姓名，分".encode(), FileKind.CSV),
        ("姓名，分".encode("gb18030"), FileKind.CSV),
        (b"%PDF-1.7 ...", FileKind.PDF),
        (b"\x89PNG\r\n\x1a\n...", FileKind.PNG),
        (b"\xff\xd8\xff\xe0", FileKind.JPEG),
        (bytes.fromhex("d0cf11e0a1b11ae1"), FileKind.OLD_OFFICE),
        (_zip("a.txt"), FileKind.ARCHIVE),
        (b"PK\x03\x04broken", FileKind.UNKNOWN),
        (b"", FileKind.UNKNOWN),
        (b"MZ\x00\x00", FileKind.UNKNOWN),
    ],
)
def test_the_kind_follows_from_the_content(data: bytes, kind: FileKind) -> None:
    assert kind_of(data) is kind


def test_a_word_file_that_is_none_is_refused_by_what_it_is() -> None:
    with pytest.raises(RefusedError, match=r"述职报告\.docx.*不是Word.*PDF"):
        check_upload("述职报告.docx", b"%PDF-1.7", FileKind.WORD)


def test_macros_are_refused() -> None:
    with pytest.raises(RefusedError, match="宏"):
        check_upload("x.docx", _zip("word/document.xml", "word/vbaProject.bin"), FileKind.WORD)


def test_a_path_in_a_name_is_dropped() -> None:
    assert check_upload("..\\..\\甲/乙.docx", WORD, FileKind.WORD).name == "乙.docx"


def test_a_file_of_a_form_is_received_whole(rf: RequestFactory) -> None:
    request = rf.post("/", {"file": SimpleUploadedFile("a.docx", WORD)})
    received = receive(request, "file", FileKind.WORD, FileKind.EXCEL)
    assert (received.data, received.kind) == (WORD, FileKind.WORD)
    assert "wordprocessingml" in received.media_type


def test_no_file_and_too_large_a_file_get_a_sentence(rf: RequestFactory) -> None:
    with pytest.raises(RefusedError, match="请先选择"):
        receive(rf.post("/"), "file", FileKind.WORD)
    request = rf.post("/", {"file": SimpleUploadedFile("a.docx", bytes(MIB + 1))})
    with pytest.raises(RefusedError, match="超过 1 MB"):
        receive(request, "file", FileKind.WORD, limit=MIB)


class _Unreadable(io.RawIOBase):
    """A body that must not be touched."""

    def read(self, _size: int = -1) -> bytes:
        raise AssertionError("the body was read")


def _declared(rf: RequestFactory, length: int) -> HttpRequest:
    request = rf.post("/", content_type="multipart/form-data; boundary=x")
    request.META["CONTENT_LENGTH"] = str(length)
    request._stream = _Unreadable()  # type: ignore[assignment]  # where Django reads from
    return request


def _plain_view(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()


_large_view = accepts_upload(10 * MIB)(lambda _request: HttpResponse())
GUARD = UploadLimitMiddleware(_plain_view)


@pytest.mark.parametrize(
    ("view", "length", "status"),
    [
        (_large_view, 200 * MIB, 413),
        (_large_view, 10 * MIB, None),
        (_plain_view, 10 * MIB, 413),
        (_plain_view, MIB, None),
    ],
)
def test_a_large_body_is_refused_unread(
    rf: RequestFactory, view: object, length: int, status: int | None
) -> None:
    answer = GUARD.process_view(_declared(rf, length), view, (), {})
    assert (answer.status_code if answer else None) == status
    if answer:
        assert "MB" in answer.content.decode()
