"""Open zip-based files (xlsx, docx) only after seeing that they unpack to a bearable size."""

import io
import zipfile
import zlib

from django.utils.translation import gettext_lazy as _

from .errors import RefusedError

MIB = 1024 * 1024
MAX_PARTS = 2000
MAX_UNPACKED = 100 * MIB
CHUNK = 256 * 1024
# Damaged, encrypted (RuntimeError), or packed in a way that no office program uses.
UNSOUND = (
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    NotImplementedError,
    EOFError,
    OSError,
    ValueError,
)


def _unpacks_within(archive: zipfile.ZipFile, limit: int) -> bool:
    """Unpack everything, keeping nothing: declared sizes may lie."""
    total = 0
    for part in archive.infolist():
        with archive.open(part) as stream:
            while chunk := stream.read(CHUNK):
                total += len(chunk)
                if total > limit:
                    return False
    return True


def _check_size(archive: zipfile.ZipFile, limit: int) -> None:
    parts = archive.infolist()
    declared = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or declared > limit or not _unpacks_within(archive, limit):
        raise RefusedError(
            _("文件解压后超过 %(limit)d MB，不能上传。请删去不需要的内容后再试。")
            % {"limit": limit // MIB}
        )


def open_archive(data: bytes, *, unpacked: int = MAX_UNPACKED) -> zipfile.ZipFile | None:
    """Return the archive, or None if `data` is no sound zip file.

    Refuses what unpacks to more than `unpacked` bytes or holds too many parts.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _check_size(archive, unpacked)
    except UNSOUND:
        return None
    return archive
