"""A plan: what each row of an upload would do."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .columns import Spec

Words = str | Promise


class Change(StrEnum):
    """What a row would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


LABELS: dict[Change, Words] = {
    Change.NEW: _("新增"),
    Change.CHANGED: _("修改"),
    Change.SAME: _("不变"),
    Change.WRONG: _("有误"),
}


@dataclass
class Line:
    """One row: as typed, as understood, what is wrong with it, what it would change."""

    row: int
    typed: list[str]
    values: dict[str, Any] = field(default_factory=dict)
    faults: dict[str, Words] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    target: Any = None  # the key of the record that it matches

    @property
    def change(self) -> Change:
        if self.faults:
            return Change.WRONG
        if self.target is None:
            return Change.NEW
        return Change.CHANGED if self.before else Change.SAME

    def wrong(self, key: str, message: Words) -> None:
        """Note a fault; the first one of a cell is told."""
        self.faults.setdefault(key, message)

    def differ(self, now: dict[str, Any]) -> None:
        """Note what would change against the record as it is; an empty cell changes nothing."""
        for key, old in now.items():
            if self.values[key] is None:
                self.values[key] = old
        self.before = {key: old for key, old in now.items() if self.values.get(key) != old}


@dataclass
class Part:
    """One sheet's lines."""

    spec: Spec
    lines: list[Line]

    def of(self, *changes: Change) -> list[Line]:
        return [line for line in self.lines if line.change in changes]

    @property
    def added(self) -> list[Line]:
        """Return the rows that match no record, wrong or not: other rows may refer to them."""
        return [line for line in self.lines if line.target is None]

    @property
    def counts(self) -> dict[Change, int]:
        found = dict.fromkeys(Change, 0)
        for line in self.lines:
            found[line.change] += 1
        return found


@dataclass
class Plan:
    """What an upload would do, sheet by sheet."""

    parts: dict[str, Part]

    @property
    def faults(self) -> int:
        return sum(len(line.faults) for part in self.parts.values() for line in part.lines)

    @property
    def changes(self) -> int:
        """Return how many rows would write something."""
        return sum(
            part.counts[Change.NEW] + part.counts[Change.CHANGED] for part in self.parts.values()
        )

    @property
    def ready(self) -> bool:
        return not self.faults and self.changes > 0
