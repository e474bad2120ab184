"""Who moves from one standing to another, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .trial import Standing, Trial

ZERO = Decimal(0)
CENT = Decimal("0.01")
NAMED = 2  # items named as the reason of a move


@dataclass(frozen=True)
class Reason:
    """An item that earns more (above 0) or less than before, beside what others gained."""

    title: str
    change: Decimal


@dataclass(frozen=True)
class Move:
    """One unit before and after; `up` is how many places it gains."""

    unit: str
    name: str
    before: Standing | None
    after: Standing
    reasons: Sequence[Reason] = ()

    @property
    def up(self) -> int:
        if self.before is None or self.before.rank is None or self.after.rank is None:
            return 0
        return self.before.rank - self.after.rank

    @property
    def change(self) -> Decimal:
        if self.before is None or self.before.total is None or self.after.total is None:
            return ZERO
        return self.after.total - self.before.total

    @property
    def regraded(self) -> bool:
        return self.before is not None and self.before.grade != self.after.grade

    @property
    def moved(self) -> bool:
        return bool(self.up) or self.regraded


@dataclass(frozen=True)
class Moves:
    """All units in their new order, and how many of them move."""

    rows: Sequence[Move]

    @property
    def movers_first(self) -> Sequence[Move]:
        """Who moves furthest first, then the others in their order."""
        return sorted(self.rows, key=lambda row: (not row.moved, -abs(row.up)))

    @property
    def moved(self) -> int:
        return sum(bool(row.up) for row in self.rows)

    @property
    def regraded(self) -> int:
        return sum(row.regraded for row in self.rows)

    @property
    def largest(self) -> Move | None:
        movers = [row for row in self.rows if row.up]
        return max(movers, key=lambda row: abs(row.up), default=None)


def _by_new(earned: Mapping[str, Decimal], mapping: Mapping[str, str]) -> dict[str, Decimal]:
    """Return what was earned before under this year's names; what ended keeps its old one."""
    back = {old: new for new, old in mapping.items() if old}
    return {back.get(item, item): points for item, points in earned.items()}


Changes = Mapping[str, Decimal]  # item → points more or less than before


def _changes(before: Standing, after: Standing, mapping: Mapping[str, str]) -> Changes:
    old = _by_new(before.earned, mapping)
    return {
        item: after.earned.get(item, ZERO) - old.get(item, ZERO) for item in {**old, **after.earned}
    }


def _usual(changes: Sequence[Changes]) -> Changes:
    """Return what each item changed on average: what everybody gains or loses moves nobody."""
    items = {item for found in changes for item in found}
    return {
        item: sum((found.get(item, ZERO) for found in changes), ZERO) / len(changes)
        for item in items
    }


def _reasons(changes: Changes, usual: Changes, titles: Mapping[str, str]) -> list[Reason]:
    found = [
        Reason(titles.get(item, item), (changes.get(item, ZERO) - mean).quantize(CENT))
        for item, mean in usual.items()
    ]
    told = [reason for reason in found if reason.change]
    return sorted(told, key=lambda reason: (-abs(reason.change), reason.title))[:NAMED]


def moves(
    before: Trial, after: Trial, mapping: Mapping[str, str], titles: Mapping[str, str]
) -> Moves:
    """Return every unit's move, in the new order; `titles` by item, last year's too."""
    changes = {
        unit: _changes(before.standings[unit], standing, mapping)
        for unit, standing in after.standings.items()
        if unit in before.standings
    }
    usual = _usual(list(changes.values()))
    rows = []
    for unit, standing in after.standings.items():
        old = before.standings.get(unit)
        why = _reasons(changes[unit], usual, titles) if old else []
        rows.append(Move(unit, old.name if old else standing.name, old, standing, why))
    rows.sort(key=lambda row: (row.after.rank is None, row.after.rank or 0, row.unit))
    return Moves(rows)
