"""The points of `events`: read, summed, and clamped where they are a bonus."""

from functools import cached_property

import ibis

from shuzhi.engine.program import events as happenings
from shuzhi.engine.program.arith import Table
from shuzhi.engine.program.numbers import is_number, needs
from shuzhi.engine.run.figures import Figures


class Happenings(Figures):
    """Points of events."""

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
        known = self.happened.x.notnull() & self.happened.e_leaf.notnull()
        return self.backend.keep("event_sums", happenings.sums(self.happened.filter(known)))

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
        earned = happenings.earned(joined).select("unit", "e_leaf", "x")
        return self.backend.keep("bonuses", earned)
