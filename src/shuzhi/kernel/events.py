"""News from a lower room to a higher one: typed events, told once the transaction commits."""

from collections.abc import Callable
from functools import partial, update_wrapper
from typing import Any, TypeVar

from django.db import transaction

E = TypeVar("E")
_listeners: dict[type, list[Callable[[Any], None]]] = {}


def on(event_type: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register a function to hear every event of a type; use it in a room's `receivers`."""

    def register(listener: Callable[[E], None]) -> Callable[[E], None]:
        _listeners.setdefault(event_type, []).append(listener)
        return listener

    return register


def publish(event: object) -> None:
    """Tell `event` to its listeners after the current transaction commits, in order.

    What a verb did stands by then: a listener that fails is logged and stops neither the verb
    nor the other listeners, so a listener starts work that can be started again by hand.
    """
    for listener in _listeners.get(type(event), ()):
        # Django names a failed callback by its qualified name, which a bare partial lacks.
        call = update_wrapper(partial(listener, event), listener)
        transaction.on_commit(call, robust=True)


def listeners(event_type: type) -> list[Callable[[Any], None]]:
    """Return who hears events of a type (for the table of events in the documentation)."""
    return list(_listeners.get(event_type, ()))
