"""The matters of a year: those that count in it now, and those that have been carried out of it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from django.db.models import Q, QuerySet, Sum

from shuzhi.kernel.access.rule import EVERYTHING, below

from .counting import OWED, Tally, became
from .models import Carried, CarriedCount, Matter


@dataclass(frozen=True)
class At:
    """Units by their paths in the tree, each with all below it unless `alone`; "" is above all."""

    paths: Collection[str]
    alone: bool = False

    def meant(self, lookup: str = "unit__path") -> Q:
        """Return the condition for what stands there."""
        if "" in self.paths:
            return EVERYTHING
        if self.alone:
            return Q(**{f"{lookup}__in": self.paths})
        return reduce(or_, (below(lookup, path) for path in self.paths), Q(pk__in=()))


ANYWHERE = At(("",))


def own(year: int, at: At) -> QuerySet[Matter]:
    """Return the matters that count in the year now."""
    return Matter.objects.filter(at.meant(), year=year)


def left(year: int, at: At) -> QuerySet[Carried]:
    """Return what has been carried out of the year, where it stood then."""
    return Carried.objects.filter(at.meant(), year=year).order_by()


def carried_sums(year: int, at: At) -> dict[str, Tally]:
    """Return, by kind, what the year counts of matters that have left it."""
    rows = CarriedCount.objects.filter(at.meant("carried__unit__path"), carried__year=year)
    names = ("carried__matter__mechanism", "carried__unit__path", "key")
    found: dict[str, Tally] = {}
    for kind, path, key, number in rows.order_by().values_list(*names).annotate(Sum("number")):
        found.setdefault(kind, {}).setdefault(key, Counter())[path] = number
    return found


class Year:
    """A year as lists ask for it; whether anything has left it at all is asked once."""

    def __init__(self, number: int) -> None:
        self.number = number

    @cached_property
    def was_left(self) -> bool:
        """Tell whether any matter has been carried out of it: of most years, none has."""
        return left(self.number, ANYWHERE).exists()

    def holds(self, at: At = ANYWHERE) -> Q:
        """Return the condition for its matters: its own, and those carried out of it."""
        return self._with(Q(at.meant(), year=self.number), left(self.number, at))

    def counts(self, keys: Collection[str], at: At) -> Q:
        """Return the condition for the rows behind a figure: those that it counts so."""
        meant = reduce(or_, (became()[key] for key in keys))
        mine = Q(at.meant(), OWED, meant, year=self.number)
        return self._with(mine, left(self.number, at).filter(counts__key__in=keys))

    def _with(self, mine: Q, gone: QuerySet[Carried]) -> Q:
        """Return the condition for both; a list of a year that nothing has left stays quick."""
        return mine | Q(pk__in=gone.values("matter")) if self.was_left else mine
