"""Whether the database must be left in peace: rooms that run a live meeting say so."""

from collections.abc import Callable

from django.db import connection

_busy: list[Callable[[], bool]] = []


def register_busy(is_busy: Callable[[], bool]) -> None:
    """Register a function that tells whether people are voting right now."""
    _busy.append(is_busy)


def must_wait() -> bool:
    """Tell whether heavy work has to wait: SQLite takes one writer at a time."""
    return connection.vendor == "sqlite" and any(is_busy() for is_busy in _busy)
