"""The view from above: units × kinds."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, QuerySet, Sum
from django.db.models.functions import Substr

from shuzhi.kernel.access import Actor, Permission, allows
from shuzhi.kernel.measures import percent
from shuzhi.matters.counting import OWED, share, tallies
from shuzhi.matters.models import Carried, CarriedCount, Matter
from shuzhi.matters.yearly import At, left, own
from shuzhi.registry.queries import children, home_of, subtree, units_at

from .listing import kinds, seen

if TYPE_CHECKING:
    from shuzhi.registry.models import Unit

HEATS = 4  # steps from pale to full


class Figure(StrEnum):
    """What a cell of units × kinds shows."""

    OVERDUE = "overdue"
    OPEN = "open"
    TOTAL = "total"
    DONE = "done"
    DONE_RATE = "done_rate"
    ON_TIME = "on_time"
    REOPENED = "reopened"


RATES = {
    Figure.DONE_RATE: "done_rate",
    Figure.ON_TIME: "on_time_rate",
    Figure.REOPENED: "reopened_rate",
}
BEHIND = {  # what is counted, of a number; of which matters, of a rate
    Figure.OPEN: ("open",),
    Figure.OVERDUE: ("overdue",),
    Figure.TOTAL: ("total",),
    Figure.DONE: ("done",),
    Figure.DONE_RATE: ("total",),
    Figure.ON_TIME: ("closed", "overdue"),
    Figure.REOPENED: ("closed_once",),
}


class Sums(Counter[str]):
    """How many matters of a unit and a kind, by what became of them (`counting.tallies`)."""

    def value(self, figure: Figure) -> Decimal | int | None:
        """Return what a cell shows of them; nothing where there is none of the kind."""
        if not self["total"]:
            return None
        if rate := RATES.get(figure):
            return percent(*share(rate, self))
        return self[figure.value]

    def badness(self, figure: Figure) -> Decimal:
        """Return how bad it is, from 0 to 1: it gives the cell its heat."""
        part, whole = 0, self["total"]
        if figure is Figure.OVERDUE:
            part = self["overdue"]
        elif figure in {Figure.ON_TIME, Figure.REOPENED}:
            part, whole = share(RATES[figure], self)
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
    alone: bool = False  # the unit itself, without those below
    whole: bool = False  # the unit and all below it, under the others

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


def mine(unit: "Unit", year: int, actor: Actor) -> QuerySet[Matter]:
    """Return what counts in the year at the unit or below, as far as `actor` sees it."""
    return (own(year, At([unit.path])) & seen(actor)).filter(OWED).order_by()


def gone(unit: "Unit", year: int, actor: Actor) -> QuerySet[Carried]:
    """Return what has been carried out of the year there, as far as `actor` sees it."""
    return left(year, At([unit.path])).filter(matter__in=seen(actor))


def _summed(
    unit: "Unit", year: int, actor: Actor, length: int
) -> Iterator[tuple[str, str, Mapping[str, int]]]:
    """Yield kind, path as far as `length`, and counts; a query for each half of the year."""
    asked = tallies()
    live = mine(unit, year, actor).annotate(at=cut("unit__path", length))
    groups: Iterable[Mapping[str, Any]] = live.values("mechanism", "at").annotate(**asked)
    for group in groups:
        yield group["mechanism"], group["at"], {key: group[key] for key in asked}
    kept = CarriedCount.objects.filter(carried__in=gone(unit, year, actor), key__in=asked)
    at = kept.annotate(at=cut("carried__unit__path", length)).order_by()
    sums = at.values_list("carried__matter__mechanism", "at", "key").annotate(Sum("number"))
    for kind, path, key, number in sums:
        yield kind, path, {key: number}


def cut(path: str, length: int) -> Substr:
    """Return the path of the unit above that is so far down the tree."""
    return Substr(path, 1, length, output_field=CharField())


def table(unit: "Unit", year: int, actor: Actor) -> tuple[list[tuple[str, str]], list[Row]]:
    """Return the kinds that occur, and a row a unit: what `actor` sees of them."""
    units = rows_at(unit, actor)
    length = len(units[0].path)
    sums: dict[str, dict[str, Sums]] = {one.path: {} for one in units}
    for kind, path, counts in _summed(unit, year, actor, length):
        sums.setdefault(path, {}).setdefault(kind, Sums()).update(counts)
    known = units_at(sums)  # the unit itself may be one of them, and units that are no more
    rows = [Row(known[path], held, alone=len(path) < length) for path, held in sums.items()]
    rows.sort(key=lambda row: (not row.alone, row.unit not in units))
    if len(rows) > 1:
        rows.append(_added(unit, rows))
    occur = {kind for row in rows for kind in row.sums}
    return [pair for pair in kinds() if pair[0] in occur], rows


def _added(unit: "Unit", rows: Iterable[Row]) -> Row:
    """Return the row that adds up the others."""
    found = Row(unit, whole=True)
    for row in rows:
        for kind, sums in row.sums.items():
            found.sums.setdefault(kind, Sums()).update(sums)
    return found


def cells(row: Row, held: Iterable[tuple[str, str]], figure: Figure) -> list[Cell]:
    """Return a row's cells: all kinds together first."""
    found = [_cell("", row.all, figure)]
    return found + [_cell(kind, row.sums.get(kind, Sums()), figure) for kind, _title in held]


def _cell(kind: str, sums: Sums, figure: Figure) -> Cell:
    bad = sums.badness(figure)
    heat = 0 if not bad else min(HEATS, int(bad * HEATS) + 1)
    value = sums.value(figure)
    return Cell(value, heat, kind, late=figure is Figure.OVERDUE and bool(value))
