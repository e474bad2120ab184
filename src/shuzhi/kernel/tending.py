"""What the worker looks after beside its queue: the proof log, lost jobs, what rooms add."""

import logging
from collections.abc import Callable

from django.db import connection

from .audit.log import current_head
from .jobs.running import recover, tend
from .models import AuditEvent

logger = logging.getLogger(__name__)
_rooms: list[Callable[[], None]] = []


def register_tending(work: Callable[[], None]) -> None:
    """Let a room look after something of its own, cheaply, every few seconds."""
    if work not in _rooms:
        _rooms.append(work)


def keep_log() -> None:
    """Number and sign what has been recorded since the last time; only look if nothing has."""
    if AuditEvent.objects.filter(position=None).exists():
        current_head()


def tend_once() -> None:
    """Look after everything once; call it every few seconds from a thread of the worker."""
    try:
        keep_log()
        tend()
        for work in _rooms:
            work()
    except Exception:
        logger.exception("tending failed; trying again")
    finally:
        connection.close()


__all__ = ["keep_log", "recover", "register_tending", "tend_once"]
