"""One calculation: the program composed over the figures, the marks and the events."""

from functools import cached_property
from typing import Any

from shuzhi.engine.program import leaves as leafs
from shuzhi.engine.program import ratings as marking
from shuzhi.engine.program.arith import BROAD, Table
from shuzhi.engine.program.spots import with_stand_in
from shuzhi.engine.program.standing import graded, ranked
from shuzhi.engine.run.happenings import Happenings
from shuzhi.engine.run.marks import Marks
from shuzhi.engine.scheme import Place
from shuzhi.engine.vetoes import veto_rows

STANDING = [
    "unit",
    "name",
    "grp",
    "status",
    "total",
    "published",
    "place",
    "field",
    "rank",
    "ranked",
    "given",
    "bonus",
    "vetoes",
]


class Run(Marks, Happenings):
    """The tables of one calculation. Properties are expressions.

    `keep` has them calculated once.
    """

    @property
    def leaves(self) -> Table:
        """Every leaf's rate for every unit that has one."""
        parts = []
        if self.groups:
            parts.append(leafs.placed(self.rated))
        if stand_in := [place.order for place in with_stand_in(self.scheme)]:
            parts.append(leafs.absent(self.rated, self.units, self.spots, stand_in))
        if rated := [place.order for place in self.scheme.of_kind("ratings")]:
            parts.append(
                leafs.of_ratings(
                    self.units,
                    self.spots,
                    rated,
                    self.dropped,
                    marking.leaf_rates(self.cells, marking.weights_width(self.scheme)),
                )
            )
        if counted := [
            place.order for place in self.scheme.of_kind("events") if place.indicator.bonus is None
        ]:
            parts.append(
                leafs.of_events(
                    self.units,
                    self.spots,
                    self.event_leaves,
                    counted,
                    self.dropped,
                    self.event_sums,
                )
            )
        return leafs.union(parts)

    @cached_property
    def kept_leaves(self) -> Table:
        """The same, calculated once, for those who look at single leaves."""
        return self.backend.keep("leaves", self.leaves)

    @cached_property
    def gathered(self) -> Table:
        """Per unit with any row: the sums of its leaves."""
        wanted = [p.order for p in self._named() if p.rule is not None]
        leaves = self.kept_leaves if self.keeps_leaves else self.leaves
        return self.backend.keep("gathered", self.tree.gathered(leaves, wanted))

    @cached_property
    def gathered_units(self) -> Table:
        """Every unit with the sums of its leaves."""
        return _left(self.units, self.gathered)

    @cached_property
    def standing(self) -> Table:
        """One row a unit: totals, bonus, rank and the number of the grade."""
        joined = self.tree.risen(self.gathered_units)
        bonus = BROAD.whole(0)
        if self.scheme.bonuses:
            joined = _left(
                joined, self.bonuses.group_by("unit").aggregate(bonus=BROAD.total(self.bonuses.x))
            )
            bonus = joined.bonus.fill_null(bonus)
        joined = joined.mutate(bonus=bonus)
        joined = joined.mutate(total=self.tree.total(joined, self.event_scale))
        vetoed = _left(
            joined, self.backend.load("vetoed", veto_rows(self.scheme, self.inputs.get("vetoes")))
        )
        vetoed = vetoed.mutate(
            unranked=vetoed.unranked.fill_null(False), vetoes=vetoed.vetoes.fill_null("")
        )
        settled = graded(ranked(vetoed, self.scheme), self.scheme)
        rates = [f"r_{branch.order}" for branch in self.tree.branches]
        return self.backend.keep("standing", settled.select(*STANDING, *rates))

    def _named(self) -> list[Place]:
        """Indicators that tiebreaks and requirements look at."""
        names = [
            *self.scheme.ranking.tiebreak,
            *(r.indicator for g in self.scheme.grades for r in g.require),
        ]
        return [place for name in dict.fromkeys(names) if (place := self.scheme.find(name))]


def _left(units: Table, other: Any) -> Table:
    """Left join on `unit`."""
    other = other.rename(other_unit="unit")
    return units.left_join(other, units.unit == other.other_unit).drop("other_unit")
