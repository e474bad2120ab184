"""Verbs: every write is one function, one transaction, one writer at a time on SQLite."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection, transaction

P = ParamSpec("P")
R = TypeVar("R")

_writer = threading.RLock()


class _Turn(threading.local):
    """How deep this thread's verbs are nested, and what is left to do before it all commits."""

    def __init__(self) -> None:
        self.depth = 0
        self.last: dict[object, Callable[[], None]] = {}


_turn = _Turn()


def _one_writer() -> AbstractContextManager[object]:
    """Wait for the process's turn to write on SQLite.

    Several SQLite writers waiting inside the database stall one another for seconds; waiting
    here is fair and cheap. Other processes (tasks, commands) meet at SQLite's own lock.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return nullcontext()
    return _writer


@contextmanager
def writing() -> Iterator[None]:
    """Hold one transaction; on SQLite also the process-wide turn to write."""
    with _one_writer(), transaction.atomic():
        _turn.depth += 1
        try:
            yield
            if _turn.depth == 1:
                _finish()
        finally:
            _turn.depth -= 1
            if not _turn.depth:
                _turn.last.clear()


def _finish() -> None:
    while _turn.last:
        _key, function = _turn.last.popitem()
        function()


def before_commit(key: object, function: Callable[[], None]) -> None:
    """Call `function` once for `key` when all else of the outermost verb is written.

    It runs inside the transaction; outside any verb it runs at once.
    """
    if _turn.depth:
        _turn.last.setdefault(key, function)
    else:
        function()


def verb(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a service function as a verb: it runs whole in one transaction or not at all."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with writing():
            return function(*args, **kwargs)

    return run
