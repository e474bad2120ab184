"""Rows of `values` as exact numbers: what each leaf's figures need.

Then the figures on its scale.
"""

from dataclasses import dataclass
from typing import Any

import ibis

from shuzhi.engine.program.arith import Column, Table, Width
from shuzhi.engine.program.numbers import is_number, needs, scaled, typed_scale
from shuzhi.engine.scheme import Scheme

NA = "na"
SHORT = 9  # digits of a declared decimal that need no look at the figures
YES, NO = ["true", "1", "是", "yes"], ["false", "0", "否", "no"]


@dataclass(frozen=True)
class Profile:
    """What the figures of one indicator look like."""

    rows: int = 0
    given: int = 0  # rows that are not `na`
    malformed: int = 0
    decimals: int = 0
    digits: int = 0


@dataclass(frozen=True)
class Values:
    """The table with its figures as text (or as typed numbers), flags turned into 1 and 0."""

    table: Table
    scales: tuple[int | None, int | None]  # of value and target, where they are typed
    aimed: bool  # whether rows may have targets of their own

    @classmethod
    def of(cls, source: Table, scheme: Scheme) -> "Values":
        columns = source.columns
        target = _aimed(source, scheme) if "target" in columns else ibis.null("int64")
        row = source.row if "row" in columns else ibis.literal(0, "int64")
        scales = typed_scale(source.value.type()), typed_scale(target.type())
        flags = [place.id for place in scheme.of_kind("flag")]
        value = source.value if scales[0] is not None else _words(source, flags)
        table = source.select(
            unit=source.unit.cast("string"),
            indicator=source.indicator.cast("string"),
            value=value,
            target=target,
            row=row,
        )
        return cls(table, scales, "target" in columns)

    def is_na(self) -> Column:
        value = self.table.value
        return value.isnull() if self.scales[0] is not None else value.lower() == NA

    def has_target(self) -> Column:
        target = self.table.target
        return target.notnull() if self.scales[1] is not None else target != ""

    def malformed(self) -> Column:
        """Whether value or target is no number (`na` is fine)."""
        bad = ibis.literal(False)
        if self.scales[0] is None:
            bad = ~(self.is_na() | is_number(self.table.value))
        if self.scales[1] is None:
            bad = bad | (self.has_target() & ~is_number(self.table.target))
        return bad

    def profile(self) -> Table:
        """Per indicator: rows, malformed ones, and the digits needed."""
        known = self.table.select(
            "indicator",
            bad=self.malformed(),
            given=~self.is_na(),
            value=_sound(self.table.value, self.scales[0], ~self.is_na()),
            target=_sound(self.table.target, self.scales[1], self.has_target()),
        )
        value, target = _needs(known.value, self.scales[0]), _needs(known.target, self.scales[1])
        marked = known.select(
            "indicator",
            "bad",
            "given",
            v=value[1],
            t=target[1],
            decimals=ibis.greatest(value[0], target[0]),
        )
        found = marked.group_by("indicator").aggregate(
            rows=marked.count(),
            given=marked.given.sum(),
            malformed=marked.bad.sum(),
            decimals=marked.decimals.max(),
            v=marked.v.max(),
            t=marked.t.max(),
        )
        digits = [_digits(found.v, self.scales[0]), _digits(found.t, self.scales[1])]
        return found.mutate(digits=ibis.greatest(*digits)).drop("v", "t")

    def numbers(self, leaves: Table, scales: set[int], width: Width) -> Table:
        """Each row joined to its leaf's parameters, with `v` and `t` on the leaf's scale.

        `scales` are those of the leaves.
        """
        table = self.table  # typed figures become whole before the join, which multiplies rows
        marked = table.mutate(
            na=self.is_na(),
            value=_given(table.value, self.scales[0], ~self.is_na(), width),
            target=_given(table.target, self.scales[1], self.has_target(), width),
        )
        joined = marked.join(leaves, marked.indicator == leaves.id)
        v, t = (
            scaled(figure, joined.scale, width)
            if scale is None
            else _lifted(figure, scale, joined.scale, scales, width)
            for figure, scale in zip((joined.value, joined.target), self.scales, strict=True)
        )
        goal = ibis.coalesce(t, joined.goal) if self.aimed else joined.goal
        return joined.mutate(v=v, t=goal).drop("value", "target")


def _aimed(source: Table, scheme: Scheme) -> Column:
    """The target of a row, where its leaf has use for one."""
    aims = [place.id for place in scheme.of_kind("ratio", "shortfall", "excess")]
    blank = (
        ibis.null(source.target.type())
        if typed_scale(source.target.type()) is not None
        else ibis.literal("")
    )
    return ibis.ifelse(source.indicator.isin(aims), source.target, blank) if aims else blank


def _words(source: Table, flags: list[str]) -> Column:
    """The text of a value; the words of a flag as 1 and 0."""
    text = source.value.fill_null("")
    if not flags:
        return text
    word, flag = text.lower(), source.indicator.isin(flags)
    return ibis.cases((flag & word.isin(YES), "1"), (flag & word.isin(NO), "0"), else_=text)


def _sound(column: Column, scale: int | None, given: Column) -> Column:
    """A figure in text, 0 where none is given or it is no number; a typed one as it is."""
    return ibis.ifelse(given & is_number(column), column, "0") if scale is None else column


def _needs(column: Column, scale: int | None) -> tuple[Column, Column]:
    """Decimals that a figure needs, and its whole digits; of a typed one its size."""
    if scale is None:
        return needs(column)
    kind = column.type()
    if kind.is_decimal() and kind.precision is not None and kind.precision <= SHORT:
        return ibis.literal(scale), ibis.literal(10 ** (kind.precision - scale) - 1)
    return ibis.literal(scale), column.abs()


def _digits(most: Column, scale: int | None) -> Column:
    """The whole digits of the largest figure; a typed one's size is written out for that."""
    if scale is None:
        return most
    return most.fill_null(0).cast("string").re_replace(r"\..*$", "").length()


def _given(column: Column, scale: int | None, given: Column, width: Width) -> Column:
    """A typed figure as a whole number of its last place; text as it is, nothing for none."""
    if scale is None:
        return ibis.ifelse(given, column, ibis.null("string"))
    return width.cast(column * 10**scale if scale else column)


def _lifted(
    number: Column, scale: int, leaf_scale: Column, scales: set[int], width: Width
) -> Column:
    """A typed figure on the scale of its leaf, which its rule may want finer."""
    finer = sorted(one for one in scales if one > scale)
    if not finer:
        return number
    cases = [(leaf_scale == one, width.whole(10 ** (one - scale))) for one in finer]
    return number * ibis.cases(*cases, else_=width.whole(1))


def read_profile(rows: list[dict[str, Any]]) -> dict[str, Profile]:
    """Profiles by indicator."""
    return {
        row.pop("indicator"): Profile(**{key: int(n or 0) for key, n in row.items()})
        for row in rows
    }
