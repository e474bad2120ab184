"""Events are told after commit, in order, and one failing listener harms nobody else."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction

from shuzhi.kernel.events import on, publish


@dataclass(frozen=True)
class Rang:
    times: int


heard: list[str] = []


@on(Rang)
def _fails(_event: Rang) -> None:
    heard.append("first")
    raise ArithmeticError


@on(Rang)
def _hears(event: Rang) -> None:
    heard.append(f"second {event.times}")


@pytest.fixture(autouse=True)
def _silence() -> None:
    heard.clear()


@pytest.mark.django_db
def test_listeners_hear_after_commit_only(
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        publish(Rang(3))
        assert heard == []
    assert heard == ["first", "second 3"]


@pytest.mark.django_db(transaction=True)
def test_a_verb_rolled_back_tells_nothing() -> None:
    def fails_after_publishing() -> None:
        with transaction.atomic():
            publish(Rang(1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails_after_publishing()
    assert heard == []
