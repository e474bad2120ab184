"""The installation's secret key: made once, kept outside the repository, readable by its owner."""

import os
import secrets
from pathlib import Path


def secret_key(folder: Path) -> str:
    """Return the key from `SHUZHI_SECRET_KEY`, else from `folder`/secret.key, made on first use."""
    if given := os.environ.get("SHUZHI_SECRET_KEY"):
        return given
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "secret.key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key
