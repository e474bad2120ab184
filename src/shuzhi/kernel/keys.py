"""Secret keys as files outside the database, so that neither a dump nor a backup holds them."""

import os
import re
import secrets
from pathlib import Path

from django.conf import settings

KEY_BYTES = 32
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}", re.ASCII)


def _path(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise ValueError(f"not a name for a key: {name!r}")
    return Path(settings.KEYS_ROOT) / f"{name}.key"


def _folder() -> Path:
    folder = Path(settings.KEYS_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _sync_folder() -> None:
    """Make creations and removals in the folder survive a power cut."""
    descriptor = os.open(_folder(), os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(path: Path, data: bytes, flags: int = 0) -> None:
    descriptor = os.open(path, os.O_WRONLY | flags, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _publish(path: Path, data: bytes) -> None:
    """Let `path` appear whole or not at all, and never in place of another key."""
    partial = path.with_suffix(f".{secrets.token_hex(4)}")
    _write(partial, data, os.O_CREAT | os.O_EXCL)
    try:
        os.link(partial, path)
    finally:
        partial.unlink()
    _sync_folder()


def create_key(name: str) -> bytes:
    """Create the key `name` (lower-case letters, digits, hyphens): 32 random bytes, mode 0600.

    Raises `FileExistsError` if it exists: a key is never replaced while something may need it.
    """
    key = secrets.token_bytes(KEY_BYTES)
    path = _path(name)
    _folder()
    _publish(path, key)
    return key


def read_key(name: str) -> bytes:
    """Return the key; raise `FileNotFoundError` if there is none, or no longer."""
    return _path(name).read_bytes()


def key_names(prefix: str) -> list[str]:
    """Return the names of the keys there are that begin with `prefix`."""
    return sorted(path.stem for path in Path(settings.KEYS_ROOT).glob(f"{prefix}*.key"))


def destroy_key(name: str) -> None:
    """Overwrite the key in place, remove it, and see both on the disk; no key, nothing to do.

    Flash storage may keep the old block until it reuses it: `docs/secrecy.md` says so.
    """
    path = _path(name)
    if not path.exists():
        return
    _write(path, bytes(KEY_BYTES))
    path.unlink()
    _sync_folder()
