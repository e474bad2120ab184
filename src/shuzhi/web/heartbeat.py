"""The task worker's sign of life: a file in the runtime folder, touched every few seconds."""

import time
from pathlib import Path

from django.conf import settings

BEAT_SECONDS = 10
SILENT_SECONDS = 45


def _file() -> Path:
    return Path(settings.VAR) / "worker.beat"


def beat() -> None:
    """Say that the worker lives."""
    _file().touch()


def alive() -> bool:
    """Tell whether the worker has given a sign lately."""
    try:
        return time.time() - _file().stat().st_mtime < SILENT_SECONDS
    except FileNotFoundError:
        return False
