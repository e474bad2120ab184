"""What the ranking would be if every rater were equally severe: beside the result, never in it.

Additive model, for each indicator and category: a mark is what the unit deserves plus what the
rater adds (units × raters, least squares). Where every rater marked every unit and `within` is
mean it moves nothing; it matters where raters marked different units, or marks are left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from shuzhi.engine.leave_out import Change, with_rates
from shuzhi.engine.program.arith import GRID
from shuzhi.engine.raters import show
from shuzhi.engine.robust import NONE, Arena
from shuzhi.engine.run import Run

ADJUSTED = ["unit", "total", "adjusted_total", "rank", "adjusted_rank"]
SEVERITIES = ["indicator", "category", "rater", "marks", "added"]
MOST_STEPS = 2000  # at most; raters who share units settle within a few dozen
SETTLED = 1e-12  # what a rater's mean lacks then
Array = Any
Key = tuple[int, str, str]  # leaf, category, and a unit or a rater


@dataclass(frozen=True)
class Model:
    """The marks that count as parts of their scale, and what each rater adds, on the grid."""

    marks: Array
    cells: tuple[list[Key], Array]  # the units of each category, and of which each mark is
    raters: tuple[list[Key], Array]
    added: Array

    @classmethod
    def of(cls, run: Run) -> "Model":
        """Fit what each rater adds to the marks that count."""
        table = run.counted.select("c_leaf", "category", "unit", "rater", "x", "top")
        leaf, category, unit, rater, x, top = run.backend.fetch(table).to_pydict().values()
        parts = [(2 * a * GRID + b) // (2 * b) for a, b in zip(x, top, strict=True)]
        marks = np.array(parts, dtype=np.int64)
        cells = _numbered(zip(leaf, category, unit, strict=True))
        raters = _numbered(zip(leaf, category, rater, strict=True))
        return cls(marks, cells, raters, _fitted(marks, cells[1], raters[1]))

    def rates(self, arena: Arena) -> Change:
        """The rate of each category by its marks without what their raters add."""
        index = {unit: place for place, unit in enumerate(arena.units)}
        names, cells = self.cells
        left = self.marks - self.added[self.raters[1]]
        order = np.lexsort([left, cells])
        bounds = np.searchsorted(cells[order], np.arange(len(names) + 1))
        change: Change = {}
        for (leaf, category, unit), first, last in zip(names, bounds, bounds[1:], strict=False):
            if unit in index:
                low, high = arena.run.scheme.places[leaf].rule.window(int(last - first))
                change[leaf, index[unit], category] = _held(left[order[first + low : first + high]])
        return change


def _numbered(keys: Iterable[Key]) -> tuple[list[Key], Array]:
    """The different keys in order, and the number of each."""
    listed = list(keys)
    names = sorted(set(listed))
    number = {name: place for place, name in enumerate(names)}
    return names, np.array([number[key] for key in listed], dtype=np.int64)


def _fitted(marks: Array, cells: Array, raters: Array) -> Array:
    """What each rater adds; over all marks of raters who are joined, that comes to nothing.

    Least squares by conjugate gradients: raters joined by a long chain of units settle as surely
    as those who all marked the same. Marks are put in order first, so that no order of rows
    changes a byte.
    """
    order = np.lexsort([marks, cells, raters])
    parts, cells, raters = marks[order] / GRID, cells[order], raters[order]
    counts, sizes = np.bincount(raters), np.bincount(cells)

    def unexplained(values: Array) -> Array:  # by the units: what is left, summed by rater
        return np.bincount(raters, values - (np.bincount(cells, values) / sizes)[cells])

    added, left = np.zeros(len(counts)), unexplained(parts)
    step = eased = left / counts
    size = (left * eased).sum()
    for _ in range(MOST_STEPS):
        if np.abs(eased).max(initial=0) <= SETTLED:
            break
        moved = unexplained(step[raters])
        length = size / (step * moved).sum()
        added, left = added + length * step, left - length * moved
        eased, before = left / counts, size
        size = (left * eased).sum()
        step = eased + size / before * step
    return np.rint(added * GRID).astype(np.int64)


def _held(kept: Array) -> int:
    """The mean of the marks that a category keeps, held between 0 and 1; NONE without any."""
    if not len(kept):
        return NONE
    return min(max((2 * int(kept.sum()) + len(kept)) // (2 * len(kept)), 0), GRID)


def severities(run: Run, model: Model) -> Iterator[list[str]]:
    """One row a rater and indicator: what the rater adds to every mark, in % of the scale."""
    counts = np.bincount(model.raters[1], minlength=len(model.raters[0]))
    for (leaf, category, rater), count, added in zip(
        model.raters[0], counts, model.added, strict=True
    ):
        percent = show(Fraction(int(added) * 100, GRID), 4)
        yield [run.scheme.places[leaf].id, category, rater, str(count), percent]


def adjusted(run: Run, model: Model) -> Iterator[list[str]]:
    """One row a ranked unit: its total and rank as they are, and as they would be."""
    arena = Arena.of(run)
    if not arena.units:
        return
    both = [arena.leaves, with_rates(arena, {}, model.rates(arena))]
    totals = [arena.totals(leaves, {})[0] for leaves in both]
    ranks = [arena.ranks(leaves, {}) for leaves in both]
    places = run.scheme.rounding.places
    for place, unit in enumerate(arena.units):
        shown = [show(Fraction(int(total[place]), 10**6), places) for total in totals]
        yield [unit, *shown, *(str(int(rank[place])) for rank in ranks)]
