"""The figures of `values`: read, and turned into the rates of their leaves."""

from dataclasses import replace
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from shuzhi.engine.faults import Fault
from shuzhi.engine.program import leaves as leafs
from shuzhi.engine.program.arith import GRID, NARROW, Table, Width
from shuzhi.engine.program.numbers import DIGITS
from shuzhi.engine.program.params import Params, needed_width, params_of, params_table, to_grid
from shuzhi.engine.program.spots import Weights, spots_of, spots_table
from shuzhi.engine.program.tree import Tree
from shuzhi.engine.program.values import Profile, Values, read_profile
from shuzhi.engine.run.reading import Reading
from shuzhi.engine.say import say
from shuzhi.engine.scheme import Place
from shuzhi.engine.scheme.models import reads_values

NO_VALUES = pa.table({"no_id": pa.array([], pa.string()), "na_leaf": pa.array([], pa.int64())})


def _longest(table: pa.Table | None, indicator: str) -> int | None:
    """The row of an indicator's longest figure, where rows can be told."""
    if table is None:
        return None
    rows = table.filter(pc.equal(table["indicator"].cast(pa.string()), indicator))
    lengths = pc.utf8_length(rows["value"].cast(pa.string()))
    return rows["row"][pc.index(lengths, pc.max(lengths)).as_py()].as_py() if len(rows) else None


class Figures(Reading):
    """Rates of leaves that read `values`, and what `values` calls not applicable."""

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
                row = params_of(place, profile)
                fits = profile.digits + row.scale <= DIGITS
                width = needed_width(row, profile) if fits else None
                if width is None:
                    self.faults.append(self._too_long(place))
                else:
                    name = "narrow" if width is NARROW else "broad"
                    chosen.setdefault(name, (width, []))[1].append(row)
        return [
            leafs.Leaves(
                self.backend.load(f"params_{name}", params_table(rows, width, self.tree.spots)),
                {row.kind for row in rows},
                {row.scale for row in rows},
                width,
            )
            for name, (width, rows) in chosen.items()
        ]

    def _too_long(self, place: Place) -> Fault:
        given = self.inputs.get("values")
        where = given.where(_longest(given.table, place.id)) if given else "values"
        what = say(
            "the figures of {indicator} need more than {digits} digits,"
            " before and after the point together; the longest stands here",
            indicator=place.id,
            digits=DIGITS,
        )
        right = say("write them with fewer digits or in a larger unit")
        return Fault(where, what, right, "digits")

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
        values = replace(self.values, table=self.values.table.filter(~self.values.malformed()))
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
        dropped = joined.select(na_unit="unit", na_leaf="na_leaf").distinct()
        return self.backend.keep("dropped", dropped)
