"""What a backup says of itself, first in the file."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from shuzhi import __version__
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.language import listed

from .databases import applied_migrations

FORMAT = "shuzhi-backup/1"


@dataclass(frozen=True)
class Manifest:
    """Where a backup comes from, and what must be in it."""

    format: str
    version: str
    made_at: str
    vendor: str
    database_sha256: str
    migrations: list[str]
    files: int
    head: str  # the log's signed head at that moment, "size:root"

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, indent=2).encode()


def new_manifest(database_sha256: str, files: int, head: str) -> Manifest:
    """Describe a backup of this site."""
    return Manifest(
        format=FORMAT,
        version=__version__,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        vendor=connection.vendor,
        database_sha256=database_sha256,
        migrations=applied_migrations(),
        files=files,
        head=head,
    )


def read_manifest(data: bytes) -> Manifest:
    """Read a manifest; refuse what is none, or cannot be restored here."""
    try:
        facts: dict[str, Any] = json.loads(data)
        manifest = Manifest(**facts)
    except (ValueError, TypeError) as error:
        raise RefusedError(_("这不是本系统的备份文件。")) from error
    if manifest.format != FORMAT:
        raise RefusedError(_("这不是本系统的备份文件。"))
    _check_fits(manifest)
    return manifest


def _check_fits(manifest: Manifest) -> None:
    if manifest.vendor != connection.vendor:
        words = _("备份来自 %(theirs)s 数据库，不能恢复到 %(ours)s。")
        raise RefusedError(words % {"theirs": manifest.vendor, "ours": connection.vendor})
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if newer := sorted(set(manifest.migrations) - known):
        words = _("备份来自更新的版本(%(version)s)，请先升级本系统。缺少：%(names)s")
        names = listed(newer[:5])
        raise RefusedError(words % {"version": manifest.version, "names": names})
