"""Refusals that a person can understand and act on."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


class RefusedError(Exception):
    """The verb was refused: the message says what is wrong and what would be right."""

    def __init__(self, message: Any) -> None:
        super().__init__(str(message))
        self.message = message


class StateError(RefusedError):
    """Not in a state from which this step is possible; somebody may have been first."""


class MissingFactError(RefusedError):
    """A step lacks a fact that it requires."""


class ForbiddenError(RefusedError):
    """The actor may see the object but not do this to it."""


@dataclass(frozen=True)
class RowFault:
    """One fault of an imported table: where it is, what is wrong, what would be right."""

    row: int
    column: str
    message: Any

    def __str__(self) -> str:
        return f"{self.row} · {self.column}: {self.message}"


class FaultsError(RefusedError):
    """Several faults at once, so that a person mends them in one go."""

    def __init__(self, faults: Iterable[RowFault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(map(str, self.faults)))
