"""Uploads: a limit for each page before the body is read, and the kind of file by its content."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .archives import open_archive
from .errors import RefusedError

MIB = 1024 * 1024
FORM_OVERHEAD = 64 * 1024  # the other fields of the form and the multipart frame
OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # Word and Excel before 2007

V = TypeVar("V", bound=Callable[..., Any])


class FileKind(StrEnum):
    """What a file is, judged by its content."""

    WORD = "word"
    EXCEL = "excel"
    CSV = "csv"
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    OLD_OFFICE = "old-office"
    ARCHIVE = "archive"
    UNKNOWN = "unknown"


LABELS = {
    FileKind.WORD: _("Word 文件（.docx）"),
    FileKind.EXCEL: _("Excel 文件(.xlsx)"),
    FileKind.CSV: _("CSV 文件(.csv)"),
    FileKind.PDF: _("PDF 文件"),
    FileKind.PNG: _("PNG 图片"),
    FileKind.JPEG: _("JPEG 图片"),
    FileKind.OLD_OFFICE: _("旧版 Office 文件（.doc 或 .xls）"),
    FileKind.ARCHIVE: _("压缩包"),
    FileKind.UNKNOWN: _("无法识别的文件"),
}
MEDIA_TYPES = {
    FileKind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.CSV: "text/csv",
    FileKind.PDF: "application/pdf",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
}
SIGNATURES = {
    b"%PDF-": FileKind.PDF,
    b"\x89PNG\r\n\x1a\n": FileKind.PNG,
    b"\xff\xd8\xff": FileKind.JPEG,
    OLE: FileKind.OLD_OFFICE,
}


@dataclass(frozen=True)
class Received:
    """An upload that has passed its checks."""

    name: str
    data: bytes
    kind: FileKind

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.kind]


def _kind_of_archive(archive: zipfile.ZipFile) -> FileKind:
    names = set(archive.namelist())
    if any(name.endswith("vbaProject.bin") for name in names):
        raise RefusedError(_("文件里有宏，不能上传。请另存为不带宏的 .docx 或 .xlsx 文件。"))
    if "word/document.xml" in names:
        return FileKind.WORD
    return FileKind.EXCEL if "xl/workbook.xml" in names else FileKind.ARCHIVE


def _kind_of_text(data: bytes) -> FileKind:
    if not data or b"\0" in data:
        return FileKind.UNKNOWN
    for encoding in ("utf-8", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return FileKind.CSV
    return FileKind.UNKNOWN


def kind_of(data: bytes) -> FileKind:
    """Tell what `data` is by its content; refuses macros and zip bombs."""
    for signature, kind in SIGNATURES.items():
        if data.startswith(signature):
            return kind
    if data.startswith(b"PK"):
        archive = open_archive(data)
        return _kind_of_archive(archive) if archive else FileKind.UNKNOWN
    return _kind_of_text(data)


def check_upload(name: str, data: bytes, *kinds: FileKind) -> Received:
    """Return the upload, or refuse it saying what it is and what would be right."""
    kind = kind_of(data)
    if kind in kinds:
        return Received(PurePath(name.replace("\\", "/")).name[-200:], data, kind)
    wanted = gettext("或").join(str(LABELS[one]) for one in kinds)
    raise RefusedError(
        _("“%(name)s”不是%(wanted)s：按内容看是%(found)s。请另存为所需格式后再上传。")
        % {"name": name, "wanted": wanted, "found": LABELS[kind]}
    )


def receive(request: HttpRequest, field: str, *kinds: FileKind, limit: int = 20 * MIB) -> Received:
    """Take one file of a form: there, at most `limit` bytes, and of one of `kinds` by content."""
    upload = request.FILES.get(field)
    if upload is None:
        raise RefusedError(_("请先选择要上传的文件。"))
    if (upload.size or 0) > limit:
        raise RefusedError(too_large(limit))
    return check_upload(upload.name or "", upload.read(), *kinds)


def too_large(limit: int) -> str:
    """Return the sentence for an upload beyond `limit` bytes."""
    return gettext("文件超过 %(limit)d MB，没有上传。请压缩图片或拆分文件后再试。") % {
        "limit": limit // MIB
    }


def accepts_upload(limit: int = 20 * MIB) -> Callable[[V], V]:
    """Let a view take uploads of up to `limit` bytes; every other view takes small forms only.

    Put it outermost: the limit is read from the function that the address leads to.
    """

    def mark(view: V) -> V:
        view.upload_limit = limit  # type: ignore[attr-defined]  # read back just below
        return view

    return mark


class UploadLimitMiddleware:
    """Answer 413 from the declared length before a byte of the body is read or kept.

    A body without a declared length is read as empty by WSGI, so nothing escapes the check.
    Must stand before the CSRF middleware, which reads the form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        limit = getattr(view, "upload_limit", settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0  # Django reads such a body as empty
        if length <= limit + FORM_OVERHEAD:
            return None
        return _refusal(request, too_large(limit))


def _refusal(request: HttpRequest, message: str) -> HttpResponse:
    try:
        page = render_to_string("413.html", {"message": message}, request)
    except TemplateDoesNotExist:
        return HttpResponse(message, status=413, content_type="text/plain; charset=utf-8")
    return HttpResponse(page, status=413)
