"""Verbs: every write is one function, one transaction, one writer at a time on SQLite."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection, transaction

P = ParamSpec("P")
R = TypeVar("R")

_writer = threading.RLock()


@contextmanager
def writing() -> Iterator[None]:
    """Hold one transaction; on SQLite also the process-wide turn to write.

    Several SQLite writers waiting inside the database stall one another for seconds; waiting
    here is fair and cheap. Other processes (tasks, commands) meet at SQLite's own lock.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with _writer, transaction.atomic():
        yield


def verb(function: Callable[P, R]) -> Callable[P, R]:
    """Mark a service function as a verb: it runs whole in one transaction or not at all."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with writing():
            return function(*args, **kwargs)

    return run
