"""Whole-number arithmetic in Ibis: rates on a grid of 9 places, in 64 bits or in 128."""

from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.datatypes as dt

Column = Any  # an Ibis value: their types are dynamic, and so are ours
Table = Any
GRID = 10**9  # a rate of 1
MICRO = 10**6  # a point of the total

WIDE = dt.Decimal(38, 0)


@ibis.udf.scalar.builtin(name="shuzhi_quot", signature=((dt.int64, dt.int64), dt.int64))  # type: ignore[untyped-decorator]
def _quot(a: Any, b: Any) -> Any:
    """Whole quotient towards zero; each backend defines it."""


@ibis.udf.scalar.builtin(name="shuzhi_quot_wide", signature=((WIDE, WIDE), dt.int64))  # type: ignore[untyped-decorator]
def _quot_wide(a: Any, b: Any) -> Any:
    """The same of numbers up to 38 digits; the quotient must fit 64 bits."""


@ibis.udf.scalar.builtin(name="shuzhi_whole", signature=((dt.int64,), dt.int64))  # type: ignore[untyped-decorator]
def _whole(a: Any) -> Any:
    """The same number in 64 bits: DuckDB adds up in 128, unasked and unseen by Ibis."""


@ibis.udf.agg.builtin(name="bit_or")  # type: ignore[untyped-decorator]
def bits(value: int, where: bool = True) -> int:  # type: ignore[empty-body]  # noqa: FBT001, FBT002
    """All bits of a group together; both backends have it, Ibis knows it of one."""


@dataclass(frozen=True)
class Width:
    """Numbers of one size: their type, and how large they may grow."""

    type: Any
    limit: int

    def cast(self, value: Column) -> Column:
        return value.cast(self.type)

    def settle(self, value: Column) -> Column:
        """A sum brought back to this width: an engine may have widened it unasked."""
        return _whole(value) if self is NARROW else value.cast(WIDE)

    def whole(self, number: int) -> Column:
        """A literal of this width; DuckDB takes a bare one for 32 bits where it fits."""
        if self is NARROW:
            return _whole(ibis.literal(number, dt.int64))
        return ibis.literal(str(number)).cast(WIDE)

    def quot(self, top: Column, bottom: Column) -> Column:
        """Whole quotient towards zero, 64 bits wide; nothing where the divisor is 0."""
        function = _quot if self is NARROW else _quot_wide
        return function(self.cast(top), self.cast(bottom).nullif(self.whole(0)))

    def half_up(self, top: Column, bottom: Column) -> Column:
        """The quotient of two numbers not below 0, rounded half up."""
        top, bottom = self.cast(top), self.cast(bottom)
        return self.quot(top * self.whole(2) + bottom, bottom * self.whole(2))

    def rate(self, top: Column, bottom: Column) -> Column:
        """top/bottom on the grid of 9 places, half up; neither below 0."""
        return self.half_up(self.cast(top) * self.whole(GRID), bottom)

    def total(self, value: Column, **options: Any) -> Column:
        """An exact sum of this width."""
        return self.settle(self.cast(value).sum(**options))


NARROW = Width(dt.int64, 2**62)
BROAD = Width(WIDE, 10**37)


def width_for(bound: int) -> Width | None:
    """The narrowest width that holds numbers up to a bound; none when nothing does."""
    return next((width for width in (NARROW, BROAD) if bound < width.limit), None)


def half_up_signed(width: Width, top: Column, bottom: Column) -> Column:
    """The quotient rounded half up, away from zero; the divisor is above 0."""
    size = width.half_up(top.abs(), bottom)
    return ibis.ifelse(top < 0, -size, size)
