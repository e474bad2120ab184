"""Ranks with one rater left out in turn: each category's rate without each of its marks.

At once.
"""

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from shuzhi.engine.program.arith import GRID

if TYPE_CHECKING:
    from shuzhi.engine.robust import Arena

Array = Any
Cell = tuple[int, int, str]  # leaf, place of the unit, category
Change = dict[Cell, int]  # the category's rate without one rater; NONE when it falls short


def left_out(arena: "Arena", base: Array) -> tuple[Array, Array]:
    """The best and the worst rank of every unit over all raters left out.

    The rank itself without raters.
    """
    best, worst = base.copy(), base.copy()
    cells, changes = _changes(arena)
    for change in changes.values():
        ranks = arena.ranks(with_rates(arena, cells, change), {})
        best = np.where(ranks > 0, np.minimum(best, ranks), best)  # without a rank nothing changes
        worst = np.maximum(worst, ranks)
    return best, worst


def _changes(arena: "Arena") -> tuple[dict[Cell, int], dict[tuple[str, str], Change]]:
    """The rate of every category as it stands, and per rater what changes without them."""
    run, index = arena.run, {unit: place for place, unit in enumerate(arena.units)}
    rates: dict[Cell, int] = {}
    changes: dict[tuple[str, str], Change] = defaultdict(dict)
    if not run.scheme.of_kind("ratings") or "ratings" not in run.inputs:
        return rates, changes
    held: dict[Cell, list[tuple[int, str]]] = defaultdict(list)
    tops: dict[int, int] = {}
    columns = run.backend.fetch(
        run.counted.select("unit", "c_leaf", "category", "rater", "x", "top")
    ).to_pydict()
    for unit, leaf, category, rater, x, top in zip(*columns.values(), strict=True):
        if unit in index:
            held[leaf, index[unit], category].append((x, rater))
            tops[leaf] = top
    for cell, marks in held.items():
        marks.sort()
        rule = run.scheme.places[cell[0]].rule
        whole, without = _without(
            np.array([x for x, _ in marks], dtype=object), rule, tops[cell[0]]
        )
        rates[cell] = whole
        for (_, rater), rate in zip(marks, without, strict=True):
            changes[cell[2], rater][cell] = rate
    return rates, changes


def _without(marks: Array, rule: Any, top: int) -> tuple[int, list[int]]:
    """The rate of sorted marks, and the rates with each of them left out in turn."""
    sums = np.concatenate([[0], np.cumsum(marks)])
    first, last = rule.window(len(marks))
    whole = _rate(int(sums[last] - sums[first]), last - first, top)
    low, high = rule.window(len(marks) - 1)
    rates = []
    for place, mark in enumerate(marks):
        start, end = low + (low > place), high + (high > place)
        total = int(sums[end] - sums[start]) - (int(mark) if start <= place < end else 0)
        rates.append(_rate(total, high - low, top))
    return whole, rates


def _rate(total: int, count: int, top: int) -> int:
    return (2 * total * GRID + count * top) // (2 * count * top) if count else -1


def with_rates(arena: "Arena", cells: dict[Cell, int], change: Change) -> dict[int, Array]:
    """The rates of all leaves with some categories changed."""
    leaves = dict(arena.leaves)
    touched: set[tuple[int, int]] = {(leaf, unit) for leaf, unit, _ in change}
    for leaf in {leaf for leaf, _ in touched}:
        leaves[leaf] = leaves[leaf].copy()
    for leaf, unit in touched:
        leaves[leaf][unit] = _leaf(arena, leaf, unit, cells, change)
    return leaves


def _leaf(arena: "Arena", leaf: int, unit: int, cells: dict[Cell, int], change: Change) -> int:
    place = arena.run.scheme.places[leaf]
    weighted, weights = 0, 0
    for category, weight in place.rule.categories.items():
        cell = (leaf, unit, category)
        rate = change.get(cell, cells.get(cell, -1))
        if rate >= 0:
            whole = int(weight.scaleb(9))
            weighted, weights = weighted + whole * rate, weights + whole
    if not weights:
        from shuzhi.engine.program.spots import STAND_IN

        stand_in = STAND_IN[place.indicator.na]
        return -1 if stand_in is None else stand_in
    return (2 * weighted + weights) // (2 * weights)
