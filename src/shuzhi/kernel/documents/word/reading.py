"""Tell a Word file from anything else before it is kept."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.errors import RefusedError

PARTS = {"[Content_Types].xml", "word/document.xml"}
MEMBER_LIMIT = 5000
UNPACKED_LIMIT = 200 * 1024 * 1024


def require_word(data: bytes) -> None:
    """Refuse what is not a .docx file, or unpacks beyond all measure."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
    except BadZipFile:
        members = []
    if PARTS - {member.filename for member in members}:
        raise RefusedError(_("这不是 Word 文件(.docx),请在 Word 或 WPS 中另存为 .docx 后再上传。"))
    too_large = sum(member.file_size for member in members) > UNPACKED_LIMIT
    if too_large or len(members) > MEMBER_LIMIT:
        raise RefusedError(_("这个 Word 文件展开后过大,请压缩其中的图片后再上传。"))
