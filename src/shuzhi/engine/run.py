"""One calculation: inputs loaded into a backend, the program composed over them.

Faults collected.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import ibis
import pyarrow as pa

from shuzhi.engine.backends import Backend
from shuzhi.engine.faults import Fault, Faults
from shuzhi.engine.program import events as happenings
from shuzhi.engine.program import leaves as leafs
from shuzhi.engine.program import ratings as marking
from shuzhi.engine.program.arith import BROAD, GRID, NARROW, Table, Width
from shuzhi.engine.program.numbers import DIGITS, is_number, needs
from shuzhi.engine.program.params import Params, needed_width, params_of, params_table, to_grid
from shuzhi.engine.program.spots import Weights, spots_of, spots_table, with_stand_in
from shuzhi.engine.program.standing import graded, ranked
from shuzhi.engine.program.tree import Tree
from shuzhi.engine.program.values import Profile, Values, read_profile
from shuzhi.engine.scheme import Place, Scheme
from shuzhi.engine.scheme.models import reads_values
from shuzhi.engine.tables import COLUMNS, Inputs
from shuzhi.engine.vetoes import veto_rows


@dataclass
class Run:
    """The tables of one calculation. Properties are expressions.

    `keep` has them calculated once.
    """

    scheme: Scheme
    inputs: Inputs
    backend: Backend
    keeps_leaves: bool = True  # for those who look at single leaves; too much for the largest data
    faults: list[Fault] = field(default_factory=list)

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The inputs in the backend; what is absent is empty."""
        found = {}
        for name, (required, optional) in COLUMNS.items():
            given = self.inputs.get(name)
            if given is not None and given.path is not None and given.table is None:
                found[name] = self.backend.scan(f"in_{name}", given.path)
                continue
            empty = {column: pa.array([], pa.string()) for column in required + optional}
            table = (
                given.table
                if given and given.table is not None
                else pa.table({**empty, "row": pa.array([], pa.int64())})
            )
            found[name] = self.backend.load(f"in_{name}", table)
        return found

    @cached_property
    def units(self) -> Table:
        """unit, name, grp, status."""
        source = self.tables["units"]
        status = source.status.fill_null("") if "status" in source.columns else ibis.literal("")
        return source.select(
            unit=source.unit.cast("string"),
            name=source.name.cast("string").fill_null(""),
            grp=source.group.cast("string").fill_null(""),
            status=status,
        )

    @cached_property
    def values(self) -> Values:
        return Values.of(self.tables["values"], self.scheme)

    @cached_property
    def profiles(self) -> dict[str, Profile]:
        """What the figures of each indicator look like."""
        if "values" not in self.inputs:
            return {}
        return read_profile(self.backend.fetch(self.values.profile()).to_pylist())

    @cached_property
    def groups(self) -> list[leafs.Leaves]:
        """The leaves that read values, by the width that their figures need."""
        chosen: dict[str, tuple[Width, list[Params]]] = {}
        for place in self.scheme.scored:
            if reads_values(place):
                profile = self.profiles.get(place.id, Profile())
                rows = params_of(place, profile)
                width = (
                    needed_width(rows, profile)
                    if profile.digits + rows[0].scale <= DIGITS
                    else None
                )
                if width is None:
                    self.faults.append(self._too_long(place))
                else:
                    chosen.setdefault("narrow" if width is NARROW else "broad", (width, []))[
                        1
                    ].extend(rows)
        return [
            leafs.Leaves(
                self.backend.load(f"params_{name}", params_table(rows, width, self.tree.spots)),
                {row.kind for row in rows},
                width,
            )
            for name, (width, rows) in chosen.items()
        ]

    def _too_long(self, place: Place) -> Fault:
        where = self.inputs["values"].label if "values" in self.inputs else "values"
        what = f"the figures of {place.id} need more than {DIGITS} digits"
        return Fault(where, what, "write them with fewer digits or in a larger unit", "digits")

    @cached_property
    def weights(self) -> Weights:
        caps = [to_grid(place.rule.cap) for place in self.scheme.of_kind("ratio")]
        return Weights.of_scheme(self.scheme, max([GRID, *caps]))

    @cached_property
    def tree(self) -> Tree:
        return Tree(self.scheme, self.weights, spots_of(self.scheme, self.weights))

    @cached_property
    def spots(self) -> Table:
        return self.backend.load("spots", spots_table(self.tree.spots))

    @cached_property
    def rated(self) -> Table:
        """Rates of leaves that have a row of values."""
        return leafs.union(
            [leafs.read_rates(self.values, self.units, group) for group in self.groups]
        )

    @property
    def sound_rated(self) -> Table:
        """The same without the rows that hold no number, so that the others can be checked."""
        values = Values(self.values.table.filter(~self.values.malformed()), self.values.scales)
        return leafs.union([leafs.read_rates(values, self.units, group) for group in self.groups])

    @cached_property
    def dropped(self) -> Table:
        """Units and leaves of ratings or events that the values call not applicable."""
        names = {place.id: place.order for place in self.scheme.of_kind("ratings", "events")}
        ids = self.backend.load(
            "no_values",
            pa.table(
                {"no_id": list(names), "na_leaf": pa.array(list(names.values()), pa.int64())},
            )
            if names
            else NO_VALUES,
        )
        source = self.values
        rows = source.table.filter(source.is_na())
        joined = rows.join(ids, rows.indicator == ids.no_id)
        return joined.select(na_unit="unit", na_leaf="na_leaf").distinct()

    @cached_property
    def marks(self) -> Table:
        """Every mark with its leaf and whole value."""
        ratings = self.tables["ratings"]
        profile = marking.profile_marks(ratings, self.scheme)
        rows = self.backend.fetch(profile).to_pylist() if profile is not None else []
        decimals = {row["indicator"]: min(int(row["decimals"]), 9) for row in rows}
        self.mark_scales = marking.scales_table(self.scheme, decimals)
        categories = self.backend.load("categories", marking.categories_table(self.scheme))
        scales = self.backend.load("scales", self.mark_scales)
        marks = marking.marks(ratings, categories, scales, numeric=profile is not None)
        return self.backend.keep("marks", marks)

    @cached_property
    def counted(self) -> Table:
        """The marks that count: not of raters for their own unit.

        Not where the leaf does not apply.
        """
        chosen = self.marks.filter(self.marks.counts & self.marks.x.notnull())
        gone = self.dropped
        return chosen.anti_join(
            gone, (chosen.unit == gone.na_unit) & (chosen.c_leaf == gone.na_leaf)
        )

    @cached_property
    def cells(self) -> Table:
        """Rates by unit, leaf and category."""
        table = self.inputs["ratings"].table if "ratings" in self.inputs else None
        width = (
            marking.marks_width(table.num_rows, self.mark_scales)
            if table is not None and self.marks is not None
            else BROAD
        )
        return self.backend.keep("cells", marking.category_rates(self.counted, width))

    @cached_property
    def happened(self) -> Table:
        """Every event with its whole points."""
        return happenings.points(self.tables["events"], self.event_leaves, self.event_scale)

    @cached_property
    def event_scale(self) -> int:
        events = self.tables["events"]
        if "events" not in self.inputs:
            return happenings.scale_of_events(self.scheme, 0)
        decimals, _ = needs(ibis.ifelse(is_number(events.points), events.points, "0"))
        found = self.backend.fetch(events.aggregate(decimals=decimals.max())).to_pylist()[0][
            "decimals"
        ]
        return happenings.scale_of_events(self.scheme, min(int(found or 0), happenings.FINEST))

    @cached_property
    def event_leaves(self) -> Table:
        return self.backend.load(
            "event_leaves", happenings.events_table(self.scheme, self.event_scale)
        )

    @cached_property
    def event_sums(self) -> Table:
        return happenings.sums(
            self.happened.filter(self.happened.x.notnull() & self.happened.e_leaf.notnull())
        )

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
                    self.units, self.spots, rated, self.dropped, marking.leaf_rates(self.cells)
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
    def bonuses(self) -> Table:
        """Clamped bonus points by unit and leaf, on the events' scale.

        None where not applicable.
        """
        orders = [place.order for place in self.scheme.bonuses]
        leaves = self.event_leaves.filter(self.event_leaves.e_leaf.isin(orders))
        grid = self.units.select("unit").cross_join(leaves)
        sums = self.event_sums.select(f_unit="unit", f_leaf="e_leaf", sum="sum")
        gone = self.dropped
        live = grid.anti_join(gone, (grid.unit == gone.na_unit) & (grid.e_leaf == gone.na_leaf))
        joined = live.left_join(sums, (live.unit == sums.f_unit) & (live.e_leaf == sums.f_leaf))
        return happenings.earned(joined).select("unit", "e_leaf", "x")

    @cached_property
    def gathered(self) -> Table:
        """Per unit with any row: the sums of its leaves."""
        wanted = [p.order for p in self._named() if p.rule is not None]
        leaves = self.kept_leaves if self.keeps_leaves else self.leaves
        return self.backend.keep("gathered", self.tree.gathered(leaves, wanted))

    @property
    def gathered_units(self) -> Table:
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

    def stop(self) -> None:
        """Raise what has been found so far."""
        if self.faults:
            raise Faults(self.faults)


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
NO_VALUES = pa.table({"no_id": pa.array([], pa.string()), "na_leaf": pa.array([], pa.int64())})


def _left(units: Table, other: Any) -> Table:
    """Left join on `unit`."""
    other = other.rename(other_unit="unit")
    return units.left_join(other, units.unit == other.other_unit).drop("other_unit")
