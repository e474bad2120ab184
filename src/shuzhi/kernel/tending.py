"""What the task worker looks after beside its queue: the proof log's numbers, lost jobs."""

import logging

from django.db import connection

from .audit.log import current_head
from .jobs.running import recover, tend
from .models import AuditEvent

logger = logging.getLogger(__name__)


def keep_log() -> None:
    """Number and sign what has been recorded since the last time; only look if nothing has."""
    if AuditEvent.objects.filter(position=None).exists():
        current_head()


def tend_once() -> None:
    """Look after everything once; call it every few seconds from a thread of the worker."""
    try:
        keep_log()
        tend()
    except Exception:
        logger.exception("tending failed; trying again")
    finally:
        connection.close()


__all__ = ["keep_log", "recover", "tend_once"]
