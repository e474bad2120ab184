"""From leaves to totals: per unit, the weighted mean of what is live, branch by branch, upwards."""

from dataclasses import dataclass
from itertools import groupby

import ibis

from shuzhi.engine.program.arith import (
    BROAD,
    GRID,
    MICRO,
    NARROW,
    Column,
    Table,
    Width,
    bits,
    half_up_signed,
)
from shuzhi.engine.program.harmonic import harmonic
from shuzhi.engine.program.spots import ROOT, STAND_IN, Spot, Weights
from shuzhi.engine.scheme import Place, Scheme

LOGS = 10**12  # logarithms are added on this grid, so that no order of rows changes a byte
HALF = 0.5 + 1e-5  # what the grid leaves short of a half is one: equal rates keep their mean


@dataclass(frozen=True)
class Tree:
    """A scheme's tree with its points in whole numbers."""

    scheme: Scheme
    weights: Weights
    spots: list[Spot]

    @property
    def branches(self) -> list[Place]:
        """Deepest first, so that children come before their parents."""
        found = [place for place in self.scheme.places if place.rule is None]
        return sorted(found, key=lambda place: (-place.depth, place.order))

    def style(self, order: int) -> str:
        """How a branch joins its children."""
        if order == ROOT:
            return "mean"
        aggregate = self.scheme.places[order].indicator.aggregate
        return "mean" if aggregate in {None, "mean"} else str(aggregate)

    def gathered(self, leaves: Table, wanted: list[int]) -> Table:
        """Per unit: what its leaves give to each parent, checks.

        And the rates of `wanted` leaves.
        """
        columns: dict[str, Column] = {"bad": NARROW.total(leaves.bad.cast("int64"))}
        masks = sorted({spot.mask for spot in self.spots})
        for mask in masks:
            here = None if len(masks) == 1 else leaves.at_mask == mask
            columns[f"seen_{mask}"] = bits(leaves.at_bit, where=True if here is None else here)
            columns[f"rows_{mask}"] = NARROW.total(leaves.at_bit, where=here)
        parents = sorted({spot.parent for spot in self.spots})
        for parent in parents:
            mine = None if len(parents) == 1 else leaves.at_parent == parent
            columns |= self._given(leaves, parent, mine)
        for leaf in wanted:
            columns[f"r_{leaf}"] = leaves.rate.max(where=leaves.leaf == leaf)
        return leaves.group_by("unit").aggregate(**columns)

    def _given(self, leaves: Table, parent: int, mine: Column | None) -> dict[str, Column]:
        """Sums over one parent's live leaves: weights, and what its way of joining needs."""
        width = self.weights.width
        live = leaves.rate.notnull() if mine is None else mine & leaves.rate.notnull()
        given = {f"w_{parent}": NARROW.total(leaves.at_weight, where=live)}
        match self.style(parent):
            case "mean":
                given[f"s_{parent}"] = width.total(  # adds nothing where there is no rate
                    width.cast(leaves.at_weight) * width.cast(leaves.rate), where=mine
                )
            case "minimum":
                given[f"m_{parent}"] = leaves.rate.min(where=live)
            case "geometric":
                given[f"g_{parent}"] = BROAD.total(_logs(leaves.rate, leaves.at_weight), where=live)
                given[f"m_{parent}"] = leaves.rate.min(where=live)
            case "harmonic":
                given[f"h_{parent}"] = _pair(leaves.at_weight, leaves.rate).group_concat(
                    ",", where=live
                )
        return given

    def risen(self, units: Table) -> Table:
        """`units` with the rate of every branch, `r_ORDER`, and the top's sums."""
        for _depth, level in groupby(self.branches, key=lambda branch: branch.depth):
            # all of a depth at once: a step a branch is more than SQL can be nested
            units = units.mutate(**{f"r_{b.order}": self._branch(units, b) for b in level})
        weight, total = self._sums(units, ROOT, self._below(ROOT))
        return units.mutate(top_weight=weight, top_sum=total)

    def _below(self, order: int) -> list[Place]:
        """The children of a branch that are branches themselves."""
        return [b for b in self.branches if (ROOT if b.parent is None else b.parent) == order]

    def _branch(self, units: Table, branch: Place) -> Column:
        below = self._below(branch.order)
        weight, total = self._sums(units, branch.order, below)
        style, order = self.style(branch.order), branch.order
        if style == "mean":
            rate = self.weights.width.half_up(total, weight)
        elif style == "harmonic":
            pairs = [_pair(self._weight(b), units[f"r_{b.order}"]) for b in below]
            rate = harmonic(_joined([*self._own(units, "h", order), *pairs]))
        else:
            least = _least([*self._own(units, "m", order), *(units[f"r_{b.order}"] for b in below)])
            rate = (
                least if style == "minimum" else self._geometric(units, order, below, weight, least)
            )
        stand_in = STAND_IN[branch.indicator.na]
        none = ibis.null("int64") if stand_in is None else ibis.literal(stand_in, "int64")
        return ibis.ifelse(weight > 0, rate, none)

    def _geometric(
        self, units: Table, order: int, below: list[Place], weight: Column, least: Column
    ) -> Column:
        nothing = BROAD.whole(0)  # what adds no weight adds no logarithm
        logs = [column.fill_null(nothing) for column in self._own(units, "g", order)]
        for b in below:
            rate = units[f"r_{b.order}"]
            logs.append(ibis.ifelse(rate.isnull(), nothing, _logs(rate, self._weight(b))))
        mean = _plus(logs).cast("float64") / (weight.nullif(0).cast("float64") * float(LOGS))
        micro = (mean.exp() * 1e6 + HALF).floor().cast("int64")
        return ibis.ifelse(least == 0, ibis.literal(0, "int64"), micro * 1000)

    def _own(self, units: Table, letter: str, order: int) -> list[Column]:
        """What a branch's own leaves gave, where it has any."""
        name = f"{letter}_{order}"
        return [units[name]] if name in units.columns else []

    def _sums(self, units: Table, order: int, below: list[Place]) -> tuple[Column, Column]:
        """Live weight and weighted rates of a branch, leaves and branches together."""
        width = self.weights.width
        own = [column.fill_null(0) for column in self._own(units, "w", order)]
        weights = [ibis.ifelse(units[f"r_{b.order}"].isnull(), 0, self._weight(b)) for b in below]
        sums = [column.fill_null(width.whole(0)) for column in self._own(units, "s", order)]
        rates = [
            width.cast(self._weight(b)) * width.cast(units[f"r_{b.order}"].fill_null(0))
            for b in below
        ]
        return _plus([*own, *weights]), _plus([*sums, *rates]) if sums or rates else width.whole(0)

    def _weight(self, place: Place) -> Column:
        return NARROW.whole(self.weights.of[place.order])

    def total(self, units: Table, bonus_scale: int) -> Column:
        """The total in millionths of a point, half up; nothing where no top indicator is live.

        `units.bonus` is in whole numbers of 10^-bonus_scale, which is at least 6.
        """
        full = int(self.scheme.whole.scaleb(self.weights.scale))
        finer = 10 ** (bonus_scale - 6)
        step = GRID // MICRO * 10**self.weights.scale
        width = self._total_width(full * finer, step * finer)
        weight = width.cast(units.top_weight) * width.whole(step)
        earned = width.cast(units.top_sum) * width.whole(full * finer)
        added = width.cast(units.bonus) * weight
        exact = half_up_signed(width, earned + added, weight * width.whole(finer))
        return ibis.ifelse(units.top_weight > 0, exact, ibis.null("int64"))

    def holds(self, bonus: int) -> bool:
        """Whether a total can be told with so large a bonus, in units of its scale."""
        step = GRID // MICRO * 10**self.weights.scale
        return bool(4 * bonus * sum(self.weights.of.values()) * step < BROAD.limit)

    def _total_width(self, full: int, step: int) -> Width:
        """Wide enough for a rate of 10 at the top and for every bonus there can be."""
        heaviest = sum(self.weights.of.values())
        bound = 4 * heaviest * (full * GRID * 10 + step * MICRO * self._reach())
        return NARROW if bound < NARROW.limit else BROAD

    def _reach(self) -> int:
        """The most points that bonuses can add or take."""
        bounds = [
            (p.indicator.bonus.min, p.indicator.bonus.max)
            for p in self.scheme.bonuses
            if p.indicator.bonus
        ]
        sizes = [10**9 if b is None else int(abs(b)) + 1 for pair in bounds for b in pair]
        return sum(sizes)


def _plus(columns: list[Column]) -> Column:
    """The sum, half by half: added up one by one, hundreds are more than SQL can be nested."""
    if len(columns) == 1:
        return columns[0]
    middle = len(columns) // 2
    return _plus(columns[:middle]) + _plus(columns[middle:])


def _least(columns: list[Column]) -> Column:
    high = ibis.literal(2**62, "int64")
    return ibis.least(*(column.fill_null(high) for column in columns), high)


def _logs(rate: Column, weight: Column) -> Column:
    """Weight × ln(rate) on the grid of logarithms; 0 where the rate is 0."""
    safe = ibis.greatest(rate, 1).cast("float64") / float(GRID)
    log = (safe.ln() * float(LOGS) + 0.5).floor().cast("int64")
    return BROAD.cast(log) * BROAD.cast(weight)


def _pair(weight: Column, rate: Column) -> Column:
    """`weight:rate` as text; nothing where there is no rate."""
    return weight.cast("string").concat(":", rate.cast("string"))


def _joined(texts: list[Column]) -> Column:
    """Texts that are there, separated by commas."""
    first, *others = [text.fill_null("") for text in texts]
    return first.concat(*(part for other in others for part in (",", other))) if others else first
