"""Keep and hand out files: bytes under their SHA-256, limits before anything is stored."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from .access import Actor
from .errors import RefusedError
from .models import StoredFile

MIB = 1024 * 1024


def path_of(sha256: str) -> Path:
    """Return where the bytes with this digest lie."""
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256[2:]


def store_bytes(
    data: bytes, name: str, media_type: str, *, actor: Actor, limit: int = 20 * MIB
) -> StoredFile:
    """Store `data` (at most `limit` bytes) under `name`; equal bytes are kept once."""
    if len(data) > limit:
        raise RefusedError(
            _("文件“%(name)s”超过 %(limit)d MB，请压缩或拆分后再上传。")
            % {"name": name, "limit": limit // MIB}
        )
    digest = hashlib.sha256(data).hexdigest()
    path = path_of(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".part")
        partial.write_bytes(data)
        partial.replace(path)
    return StoredFile.objects.create(
        name=Path(name).name[:200],
        media_type=media_type,
        size=len(data),
        sha256=digest,
        uploaded_by_id=actor.account_id,
    )


def file_response(stored: StoredFile) -> HttpResponse:
    """Answer with a stored file as a download that no browser runs.

    The caller has loaded what the file belongs to, and so knows that the reader may see it.
    """
    disposition = content_disposition_header(as_attachment=True, filename=stored.name)
    return HttpResponse(
        read_bytes(stored),
        content_type=stored.media_type,
        headers={
            "Content-Disposition": disposition or "attachment",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "private, no-store",
        },
    )


def read_bytes(stored: StoredFile) -> bytes:
    """Return the bytes of a stored file; refuse if they are gone or not what was stored."""
    try:
        data = path_of(stored.sha256).read_bytes()
    except FileNotFoundError:
        data = b""
    if hashlib.sha256(data).hexdigest() != stored.sha256:
        raise RefusedError(_("文件“%(name)s”的内容与登记时不一致。") % {"name": stored.name})
    return data
