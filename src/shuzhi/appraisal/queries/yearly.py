"""This year beside last year: totals, ranks, and every item by the scheme's own mapping."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from shuzhi.appraisal.models import Result, Review
from shuzhi.appraisal.view import SchemeView

from .results import last_review, rates, results
from .scheme import scheme_of
from .schemes import mapping_of

PERCENT = 100


@dataclass(frozen=True)
class Change:
    """A rate in % now and before; None where there is none."""

    now: Decimal | None
    before: Decimal | None

    @property
    def change(self) -> Decimal | None:
        if self.now is None or self.before is None:
            return None
        return self.now - self.before


@dataclass(frozen=True)
class Column:
    """An item with last year's item that it continues, and the mean of all units."""

    title: str
    before: str  # last year's title; "" where it is new
    mean: Change


@dataclass(frozen=True)
class Row:
    """A unit: total and rank now and before, its items."""

    name: str
    result: Result
    last: Result | None
    cells: list[Change]

    @property
    def up(self) -> int:
        if self.last is None or self.result.rank is None or self.last.rank is None:
            return 0
        return self.last.rank - self.result.rank

    @property
    def change(self) -> Decimal | None:
        if self.last is None or self.result.total is None or self.last.total is None:
            return None
        return self.result.total - self.last.total


@dataclass(frozen=True)
class Yearly:
    """Both years; `last` None where there was no review before."""

    last: Review | None
    columns: list[Column]
    rows: list[Row]


def continued(now: SchemeView, before: SchemeView, mapping: Mapping[str, str]) -> dict[str, str]:
    """Return item → last year's item, for items that count and continue one."""
    pairs = {item: mapping.get(item, item) for item in now.scored_titles}
    return {item: old for item, old in pairs.items() if old in before.titles}


def _percent(rate: Decimal | None) -> Decimal | None:
    return None if rate is None else (rate * PERCENT).quantize(Decimal("0.1"))


def _mean(values: list[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return (sum(known, Decimal(0)) / len(known)).quantize(Decimal("0.1")) if known else None


def _cells(
    now: Mapping[str, Decimal | None],
    before: Mapping[str, Decimal | None],
    items: list[str],
    pairs: Mapping[str, str],
) -> list[Change]:
    return [
        Change(_percent(now.get(item)), _percent(before.get(pairs.get(item, ""), None)))
        for item in items
    ]


def yearly(review: Review) -> Yearly:
    """Return both years side by side; a constant number of queries."""
    last = last_review(review)
    if last is None:
        return Yearly(None, [], [])
    now, before = scheme_of(review), scheme_of(last)
    pairs, items = continued(now, before, mapping_of(review)), list(now.scored_titles)
    old = {row.entrant.unit_id: row for row in results(last)}
    here, there = rates(review), rates(last)
    rows = []
    for row in results(review):
        past = old.get(row.entrant.unit_id)
        cells = _cells(here.get(row.pk, {}), there.get(past.pk, {}) if past else {}, items, pairs)
        rows.append(Row(row.entrant.unit.short_name, row, past, cells))
    columns = [
        Column(
            now.titles[item],
            before.titles[pairs[item]] if item in pairs else "",
            Change(
                _mean([row.cells[place].now for row in rows]),
                _mean([row.cells[place].before for row in rows]),
            ),
        )
        for place, item in enumerate(items)
    ]
    return Yearly(last, columns, rows)
