"""Restore a backup into an empty place, and prove that what stands there is what was saved."""

import tarfile
import tempfile
from pathlib import Path

from django.core.management import call_command
from django.utils.translation import gettext as _

from shuzhi.kernel.audit.log import verify_log
from shuzhi.kernel.audit.problems import Report
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.files import path_of
from shuzhi.kernel.models import StoredFile

from .creating import DATABASE, DIGEST_LENGTH, FILES, MANIFEST, sha256_of
from .databases import holds_data, load
from .manifest import Manifest, read_manifest


def restore_backup(source: Path, *, force: bool = False) -> Report:
    """Restore `source` here; return how its proof log verifies.

    Refuses a database in which somebody has worked, unless `force`; a damaged backup, one of
    another kind of database or of a newer version. Stop the server before.
    """
    if holds_data() and not force:
        raise RefusedError(_("这里已有数据，没有恢复。确认要覆盖时加 --force。"))
    with tempfile.TemporaryDirectory(prefix="shuzhi-restore-") as folder:
        manifest = _unpack(source, Path(folder))
        load(Path(folder) / DATABASE)
        _place_files(Path(folder) / FILES)
    call_command("migrate", verbosity=0, interactive=False)
    _check_files()
    return verify_log([manifest.head])


def _unpack(source: Path, folder: Path) -> Manifest:
    """Unpack all that belongs in a backup, checked against its digests, before anything changes."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            for entry in archive:
                if entry.isfile() and _belongs(entry.name):
                    archive.extract(entry, folder, filter="data")
    except (tarfile.TarError, EOFError, OSError) as error:
        raise RefusedError(_("备份文件已损坏，没有恢复。")) from error
    if not (folder / MANIFEST).exists() or not (folder / DATABASE).exists():
        raise RefusedError(_("这不是本系统的备份文件。"))
    manifest = read_manifest((folder / MANIFEST).read_bytes())
    _check_digests(manifest, folder)
    return manifest


def _belongs(name: str) -> bool:
    return name in {MANIFEST, DATABASE} or (
        name.startswith(f"{FILES}/") and len(name) == len(FILES) + 1 + DIGEST_LENGTH
    )


def _check_digests(manifest: Manifest, folder: Path) -> None:
    files = list((folder / FILES).glob("*"))
    whole = (
        sha256_of(folder / DATABASE) == manifest.database_sha256
        and len(files) == manifest.files
        and all(sha256_of(path) == path.name for path in files)
    )
    if not whole:
        raise RefusedError(_("备份文件已损坏，没有恢复。"))


def _place_files(folder: Path) -> None:
    for path in folder.glob("*"):
        target = path_of(path.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_suffix(".part")
        partial.write_bytes(path.read_bytes())
        partial.replace(target)


def _check_files() -> None:
    digests = StoredFile.objects.values_list("sha256", flat=True).distinct().order_by()
    if missing := [digest for digest in digests if not path_of(digest).exists()]:
        words = _("备份里缺少 %(count)d 个文件，其余已恢复。")
        raise RefusedError(words % {"count": len(missing)})
