"""How firm a ranking is: ranks while points vary by ±10 %, and with one rater left out in turn."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from shuzhi.engine.program.arith import GRID, MICRO
from shuzhi.engine.program.spots import ROOT, STAND_IN
from shuzhi.engine.program.tree import HALF
from shuzhi.engine.run import Run
from shuzhi.engine.scheme import Place

COLUMNS = ["unit", "rank", "p5", "p50", "p95", "best", "worst"]
FINE = 10**4  # a weight's factor is 0.9000 … 1.1000 on this grid
SPREAD = FINE // 10
NONE = -1  # a rate that is not applicable
UNRANKED, LAST = 0, -(2**62)  # the rank of a unit with nothing left, and where it is put
Array = Any


@dataclass
class Arena:
    """The ranked units with the rates of their leaves, to be ranked again and again."""

    run: Run
    units: list[str]
    groups: Array
    bonus: Array  # in whole numbers of 10^-event_scale
    leaves: dict[int, Array]

    @classmethod
    def of(cls, run: Run) -> "Arena":
        table = run.standing.filter(run.standing.ranked).order_by("unit")
        rows = run.backend.fetch(table.select("unit", "grp", "bonus")).to_pylist()
        together = run.scheme.ranking.within == "all"
        names = sorted({row["grp"] for row in rows})
        units = [row["unit"] for row in rows]
        bonus = np.array([int(row["bonus"] or 0) for row in rows], dtype=object)
        groups = np.array([0 if together else names.index(row["grp"]) for row in rows])
        return cls(run, units, groups, bonus, _leaf_rates(run, units))

    @property
    def dtype(self) -> Any:
        """64 bits where they hold every sum, Python's whole numbers where not."""
        bound = 4 * FINE * 2 * sum(self.run.weights.of.values()) * GRID * 10
        return np.int64 if bound < 2**62 else object

    @cached_property
    def order(self) -> list[Place]:
        return self.run.tree.branches

    def totals(
        self, leaves: dict[int, Array], factors: dict[int, int]
    ) -> tuple[Array, dict[int, Array], Array]:
        """Totals in millionths, with each indicator's points × its factor.

        All rates, and who has anything left to be scored on.
        """
        rates = dict(leaves)
        for branch in self.order:
            rates[branch.order] = self._branch(branch, rates, factors)
        weight, total = self._sums(ROOT, rates, factors)
        alive = weight > 0
        weight = np.maximum(weight, 1).astype(object)
        full = int(self.run.scheme.whole.scaleb(self.run.weights.scale))
        finer = 10 ** (self.run.event_scale - 6)
        step = GRID // MICRO * 10**self.run.weights.scale
        top = full * finer * total.astype(object) + self.bonus * weight * step
        return _round_half(top, weight * step * finer), rates, alive

    def ranks(self, leaves: dict[int, Array], factors: dict[int, int]) -> Array:
        """The rank of every unit, with each indicator's points × its factor; UNRANKED for none."""
        key, rates, alive = self.totals(leaves, factors)
        if self.run.scheme.rank_on == "published":
            key = _round_half(key, 10 ** (6 - self.run.scheme.rounding.places))
        broken = [
            rates[p.order]
            for name in self.run.scheme.ranking.tiebreak
            if (p := self.run.scheme.find(name))
        ]
        key = np.where(alive, key.astype(np.int64), LAST)
        return np.where(alive, self._ranked([key, *broken]), UNRANKED)

    def _children(self, order: int) -> list[Place]:
        parent = None if order == ROOT else order
        return [
            p for p in self.run.scheme.places if p.parent == parent and p.indicator.bonus is None
        ]

    def _sums(
        self, order: int, rates: dict[int, Array], factors: dict[int, int]
    ) -> tuple[Array, Array]:
        zero = np.zeros(len(self.units), dtype=self.dtype)
        weight, total = zero.copy(), zero.copy()
        for child in self._children(order):
            points, rate = (
                self.run.weights.of[child.order] * factors.get(child.order, FINE),
                rates[child.order],
            )
            live = rate != NONE
            weight = weight + np.where(live, points, 0)
            total = total + np.where(live, rate, 0).astype(self.dtype) * points
        return weight, total

    def _branch(self, branch: Place, rates: dict[int, Array], factors: dict[int, int]) -> Array:
        weight, total = self._sums(branch.order, rates, factors)
        style = self.run.tree.style(branch.order)
        if style == "mean":
            rate = (2 * total + weight) // (2 * np.maximum(weight, 1))
        else:
            rate = self._joined(style, branch, rates, factors)
        stand_in = STAND_IN[branch.indicator.na]
        return np.where(weight > 0, rate, NONE if stand_in is None else stand_in).astype(np.int64)

    def _joined(
        self, style: str, branch: Place, rates: dict[int, Array], factors: dict[int, int]
    ) -> Array:
        """Minimum, geometric and harmonic means, these two in double precision."""
        children = self._children(branch.order)
        columns = np.array([rates[child.order] for child in children])
        live = columns != NONE
        least = np.where(live, columns, 2**62).min(axis=0)
        if style == "minimum":
            return least
        weights = (
            np.array(
                [[self.run.weights.of[c.order] * factors.get(c.order, FINE)] for c in children],
                dtype=float,
            )
            * live
        )
        safe = np.maximum(columns, 1) / GRID
        whole = np.maximum(weights.sum(axis=0), 1)
        if style == "geometric":
            logs = (weights * np.log(safe)).sum(axis=0) / whole
            mean = np.floor(np.exp(logs) * 1e6 + HALF) * 1000
        else:
            parts = (weights / safe).sum(axis=0)
            mean = np.rint(whole / np.where(parts > 0, parts, 1.0) * GRID)
        return np.where(least == 0, 0, mean).astype(np.int64)

    def _ranked(self, keys: list[Array]) -> Array:
        """1 + how many of the group are ahead (or how many different standings)."""
        order = np.lexsort([*(-key for key in reversed(keys)), self.groups])
        groups = self.groups[order]
        first = np.r_[True, groups[1:] != groups[:-1]]
        fresh = (
            first | np.r_[True, np.any([key[order][1:] != key[order][:-1] for key in keys], axis=0)]
        )
        place = np.arange(len(order))
        start = np.maximum.accumulate(np.where(first, place, 0))
        if self.run.scheme.ranking.ties == "dense":
            count = np.cumsum(fresh)
            rank = count - count[start] + 1
        else:
            rank = np.maximum.accumulate(np.where(fresh, place, 0)) - start + 1
        ranks = np.empty(len(order), dtype=np.int64)
        ranks[order] = rank
        return ranks


def _round_half(top: Array, bottom: Any) -> Array:
    """The quotients, half up away from zero; the divisors are above 0."""
    size = (2 * abs(top) + bottom) // (2 * bottom)
    return np.where(top < 0, -size, size)


def _leaf_rates(run: Run, units: list[str]) -> dict[int, Array]:
    """Rates of every scored leaf by unit; NONE where not applicable."""
    index = {unit: place for place, unit in enumerate(units)}
    rates = {spot.leaf: np.full(len(units), NONE, dtype=np.int64) for spot in run.tree.spots}
    table = run.backend.fetch(run.kept_leaves.select("unit", "leaf", "rate")).to_pydict()
    for unit, leaf, rate in zip(table["unit"], table["leaf"], table["rate"], strict=True):
        if rate is not None and unit in index:
            rates[leaf][index[unit]] = rate
    return rates


def robustness(run: Run, count: int, seed: int) -> Iterator[list[str]]:
    """One row a ranked unit: its rank, and the percentiles of its rank under varied points.

    Then its best and worst rank with one rater left out.
    """
    from shuzhi.engine.leave_out import left_out

    arena = Arena.of(run)
    if not arena.units:
        return
    base = arena.ranks(arena.leaves, {})
    varied = np.sort(
        np.array([arena.ranks(arena.leaves, f) for f in _factors(run, count, seed)]), axis=0
    )
    best, worst = left_out(arena, base)
    marks = [varied[-(-share * count // 100) - 1] for share in (5, 50, 95)]
    for place, unit in enumerate(arena.units):
        numbers = [base[place], *(mark[place] for mark in marks), best[place], worst[place]]
        yield [unit, *(str(int(number)) for number in numbers)]


def _factors(run: Run, count: int, seed: int) -> Iterator[dict[int, int]]:
    """So many draws of a factor for every indicator."""
    draw = random.Random(seed)  # noqa: S311 - repeatable on purpose
    for _ in range(count):
        yield {
            place.order: draw.randint(FINE - SPREAD, FINE + SPREAD) for place in run.scheme.places
        }
