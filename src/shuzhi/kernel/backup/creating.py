"""Make a backup: first the database, then the files, so that every file it names is there."""

import hashlib
import io
import os
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from shuzhi.kernel.audit.log import current_head

from .databases import dump
from .manifest import new_manifest

MANIFEST, DATABASE, FILES = "manifest.json", "database", "files"
DIGEST_LENGTH = 64


def stored_files() -> Iterator[tuple[Path, str]]:
    """Yield every complete stored file with its digest."""
    root = Path(settings.FILES_ROOT)
    for path in sorted(root.glob("??/*")):
        digest = path.parent.name + path.name
        if len(digest) == DIGEST_LENGTH and path.is_file() and not path.is_symlink():
            yield path, digest


def sha256_of(path: Path) -> str:
    """Return the digest of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    archive.addfile(entry, io.BytesIO(data))


def create_backup(target: Path) -> str:
    """Write a backup to `target`, readable by its owner alone; return the log's head in it.

    Holds the database and the stored files. The keys folder and the secret key of the
    installation are not read at all. An unfinished backup never bears the name.
    """
    head = current_head().mark
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        database, partial = Path(folder) / DATABASE, Path(folder) / "archive"
        dump(database)
        files = list(stored_files())
        manifest = new_manifest(sha256_of(database), len(files), head)
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with (
            os.fdopen(descriptor, "wb") as stream,
            tarfile.open(fileobj=stream, mode="w:gz", compresslevel=6) as archive,
        ):
            _add(archive, MANIFEST, manifest.as_bytes())
            archive.add(database, DATABASE)
            for path, digest in files:
                archive.add(path, f"{FILES}/{digest}")
        partial.replace(target)
    return head
