"""The marks of `ratings`: read, counted or not, and turned into rates by category."""

from functools import cached_property

from shuzhi.engine.program import ratings as marking
from shuzhi.engine.program.arith import BROAD, Table
from shuzhi.engine.run.figures import Figures


class Marks(Figures):
    """Marks of raters."""

    @cached_property
    def categories(self) -> Table:
        return self.backend.load("categories", marking.categories_table(self.scheme))

    @cached_property
    def judged(self) -> Table:
        """Every row of marks with its leaf and whole value."""
        ratings = self.tables["ratings"]
        profile = marking.profile_marks(ratings, self.scheme)
        rows = self.backend.fetch(profile).to_pylist() if profile is not None else []
        decimals = {
            row["indicator"]: min(int(row["decimals"]), marking.MARK_DECIMALS) for row in rows
        }
        self.mark_scales = marking.scales_table(self.scheme, decimals)
        scales = self.backend.load("scales", self.mark_scales)
        return marking.marks(ratings, self.categories, scales, numeric=profile is not None)

    @cached_property
    def marks(self) -> Table:
        """The same, calculated once, without what only those need who name a row."""
        return self.backend.keep("marks", self.judged.select(marking.KEPT))

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
        return self.backend.keep(
            "cells", marking.category_rates(self.counted, self.categories, width)
        )
