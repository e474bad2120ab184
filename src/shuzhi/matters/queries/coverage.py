"""Who has been covered by a kind at all: how many units have had one, and what came of it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from shuzhi.kernel.access import Actor
from shuzhi.kernel.measures import percent
from shuzhi.matters.enums import StateKind
from shuzhi.registry.queries import subtree

from .county import cut, gone, mine, rows_at

if TYPE_CHECKING:
    from shuzhi.registry.models import Unit

COVER = ("touched", "begun", "done")


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
        return percent(self.begun, self.units)


def coverage(unit: "Unit", kind: str, first: str, year: int, actor: Actor) -> list[Covered]:
    """Return, for each unit below, how many of its units have had one that left `first`.

    Only units of the kinds that it is addressed to count at all (communities, say, not their
    branches). `first` is the state in which such a matter is opened: until it is left, nobody
    has acted.
    """
    units = rows_at(unit, actor)
    length = len(units[0].path)
    reached = _reached(unit, kind, first, year, actor)
    levels = {one.kind for one in reached}
    addressed = subtree(unit).filter(kind__in=levels).annotate(at=cut("path", length))
    sizes = Counter(addressed.values_list("at", flat=True).order_by())
    found: dict[str, Counter[str]] = {}
    for one in reached:
        found.setdefault(one.path[:length], Counter()).update(
            touched=1, begun=int(one.begun), done=int(one.done)
        )
    return [
        Covered(one, sizes[one.path], **{key: found.get(one.path, Counter())[key] for key in COVER})
        for one in units
        if one.path in sizes
    ]


@dataclass
class Reached:
    """A unit that has had a matter of a kind in the year."""

    path: str
    kind: str
    begun: bool = False
    done: bool = False


def _reached(unit: "Unit", kind: str, first: str, year: int, actor: Actor) -> list[Reached]:
    """Return the units with a matter that counts in the year, now or when it was carried on."""
    live = mine(unit, year, actor).filter(mechanism=kind)
    kept = gone(unit, year, actor).filter(matter__mechanism=kind, counts__key="total")
    found: dict[int, Reached] = {}
    for rows in (live, kept):
        for row in _states(rows, first):
            one = found.setdefault(row["unit"], Reached(row["unit__path"], row["unit__kind"]))
            one.begun |= row["begun"] > 0
            one.done |= row["done"] > 0
    return list(found.values())


def _states(rows: QuerySet[Any], first: str) -> Iterable[Any]:
    """Return for each unit how many have left the first state, and how many are done."""
    found: Iterable[Any] = rows.values("unit", "unit__path", "unit__kind").annotate(
        begun=Count("pk", filter=~Q(state__key=first)),
        done=Count("pk", filter=Q(state__kind=StateKind.DONE)),
    )
    return found
