"""The view from above: units × kinds, and who has been covered by a kind at all."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Count, Q
from django.db.models.functions import Substr

from shuzhi.kernel.access import Actor, Permission, allows
from shuzhi.kernel.measures import percent
from shuzhi.matters.counting import carried_below, counted, share, tallies
from shuzhi.matters.enums import StateKind
from shuzhi.registry.queries import children, home_of, subtree

from .listing import kinds

if TYPE_CHECKING:
    from shuzhi.registry.models import Unit

HEATS = 4  # steps from pale to full
TENTH = Decimal("0.1")


class Figure(StrEnum):
    """What a cell of units × kinds shows."""

    OPEN = "open"
    OVERDUE = "overdue"
    ON_TIME = "on_time"
    REOPENED = "reopened"


RATES = {Figure.ON_TIME: "on_time_rate", Figure.REOPENED: "reopened_rate"}


class Sums(Counter[str]):
    """How many matters of a unit and a kind, by what became of them (`counting.tallies`)."""

    def value(self, figure: Figure) -> Decimal | int | None:
        """Return what a cell shows of them; nothing where there is none of the kind."""
        if not self["total"]:
            return None
        if rate := RATES.get(figure):
            return percent(*share(rate, self), TENTH)
        return self["overdue"] if figure is Figure.OVERDUE else self["total"] - self["closed"]

    def badness(self, figure: Figure) -> Decimal:
        """Return how bad it is, from 0 to 1: it gives the cell its heat."""
        part, whole = 0, self["total"]
        if figure is Figure.OVERDUE:
            part = self["overdue"]
        elif rate := RATES.get(figure):
            part, whole = share(rate, self)
        if figure is Figure.ON_TIME:
            part = whole - part
        return Decimal(part) / whole if whole else Decimal(0)


@dataclass(frozen=True)
class Cell:
    """One cell: the number is always readable, the heat only helps the eye."""

    value: Decimal | int | None
    heat: int
    kind: str
    late: bool

    @property
    def rate(self) -> bool:
        return isinstance(self.value, Decimal)


@dataclass
class Row:
    """A unit with a cell for each kind, and one for all kinds together."""

    unit: "Unit"
    sums: dict[str, Sums] = field(default_factory=dict)

    @property
    def all(self) -> Sums:
        whole = Sums()
        for one in self.sums.values():
            whole.update(one)
        return whole


def place(actor: Actor, public_id: str | None) -> "Unit | None":
    """Return the unit to look at: the one asked for if within reach, else the own one."""
    home = home_of(actor)
    if home is None or not public_id:
        return home
    found = subtree(home).filter(public_id=public_id).first()
    return found if found and allows(actor, Permission.MATTER_VIEW, found) else None


def rows_at(unit: "Unit", actor: Actor) -> list["Unit"]:
    """Return the units of the table: those directly below, or the unit itself at the end."""
    below = [row for row in children(unit) if allows(actor, Permission.MATTER_VIEW, row)]
    return below or [unit]


def table(unit: "Unit", year: int, actor: Actor) -> tuple[list[tuple[str, str]], list[Row]]:
    """Return the kinds that occur, and a row a unit; one query for all figures."""
    units = rows_at(unit, actor)
    length = len(units[0].path)
    rows = {one.path: Row(one) for one in units}
    own = Row(unit)  # what stands with the unit itself, above its rows
    at = Substr("unit__path", 1, length, output_field=CharField())
    asked = tallies()
    rows_of = counted(year, [unit]).annotate(at=at).values("mechanism", "at")
    grouped: Iterable[Mapping[str, Any]] = rows_of.annotate(**asked)
    for group in grouped:
        row = rows.get(group["at"], own)
        row.sums.setdefault(group["mechanism"], Sums()).update({key: group[key] for key in asked})
    for kind, path, counts in carried_below(year, unit.path):
        rows.get(path[:length], own).sums.setdefault(kind, Sums()).update(counts)
    shown = [own, *rows.values()] if own.sums else list(rows.values())
    held = {kind for row in shown for kind in row.sums}
    return [pair for pair in kinds() if pair[0] in held], shown


def cells(row: Row, held: Iterable[tuple[str, str]], figure: Figure) -> list[Cell]:
    """Return a row's cells: all kinds together first."""
    found = [_cell("", row.all, figure)]
    return found + [_cell(kind, row.sums.get(kind, Sums()), figure) for kind, _title in held]


def _cell(kind: str, sums: Sums, figure: Figure) -> Cell:
    bad = sums.badness(figure)
    heat = 0 if not bad else min(HEATS, int(bad * HEATS) + 1)
    value = sums.value(figure)
    return Cell(value, heat, kind, late=figure is Figure.OVERDUE and bool(value))


@dataclass(frozen=True)
class Covered:
    """How many of a unit's units a kind has reached: begun, done, not at all."""

    unit: "Unit"
    units: int
    touched: int
    begun: int
    done: int

    @property
    def missing(self) -> int:
        return self.units - self.begun

    @property
    def share(self) -> Decimal | None:
        return percent(self.begun, self.units, TENTH)


def coverage(unit: "Unit", kind: str, first: str, year: int, actor: Actor) -> list[Covered]:
    """Return, for each unit below, how many of its units have had one that left `first`.

    Only units of the kinds that it is addressed to count at all (communities, say, not their
    branches). `first` is the state in which such a matter is opened: until it is left, nobody
    has acted.
    """
    units = rows_at(unit, actor)
    length = len(units[0].path)
    matters = counted(year, [unit]).filter(mechanism=kind)
    levels = list(matters.values_list("unit__kind", flat=True).distinct())
    at = Substr("path", 1, length, output_field=CharField())
    addressed = subtree(unit).filter(kind__in=levels).annotate(at=at)
    held = addressed.values("at").annotate(n=Count("pk")).order_by()
    sizes = {row["at"]: row["n"] for row in held}
    grouped = (
        matters.annotate(at=Substr("unit__path", 1, length, output_field=CharField()))
        .values("at")
        .annotate(
            touched=Count("unit", distinct=True),
            begun=Count("unit", distinct=True, filter=~Q(state__key=first)),
            done=Count("unit", distinct=True, filter=Q(state__kind=StateKind.DONE)),
        )
    )
    found: dict[str, Mapping[str, Any]] = {row["at"]: row for row in grouped}
    none = {"touched": 0, "begun": 0, "done": 0}
    return [
        Covered(
            one,
            sizes[one.path],
            **{key: found.get(one.path, none)[key] for key in none},
        )
        for one in units
        if one.path in sizes
    ]
