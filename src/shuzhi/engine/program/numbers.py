"""Decimals in text, read exactly: how many digits they need, and their value on a leaf's scale."""

from typing import Any

import ibis

from shuzhi.engine.program.arith import Column, Width

SHAPE = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?$"
DIGITS = 27  # before and after the point together, on one leaf


def is_number(text: Column) -> Column:
    return text.re_search(SHAPE)


def _pieces(text: Column) -> tuple[Column, Column, Column]:
    """Digits before the point, digits after it without closing zeros, and the power of ten."""
    whole = text.re_extract(r"^[+-]?([0-9]*)", 1)
    part = text.re_extract(r"^[+-]?[0-9]*\.([0-9]*)", 1).re_replace("0+$", "")
    power = text.re_extract(r"[eE][+]?(-?[0-9]+)$", 1).nullif("").cast("int64").fill_null(0)
    return whole, part, power


def needs(text: Column) -> tuple[Column, Column]:
    """Decimals and whole digits that a number needs."""
    whole, part, power = _pieces(text)
    digits = whole.re_replace("^0+", "").length() + power
    return _floor(part.length() - power), _floor(digits)


def _floor(value: Column) -> Column:
    return ibis.greatest(value, 0)


def scaled(text: Column, scale: Column, width: Width) -> Column:
    """The number × 10^scale as a whole number; the scale must hold all its decimals."""
    whole, part, power = _pieces(text)
    zeros = ibis.literal("0").repeat((scale + power - part.length()).cast("int32"))
    sign = ibis.ifelse(text.startswith("-"), "-0", "0")
    return width.cast(sign.concat(whole, part, zeros))


def typed_scale(kind: Any) -> int | None:
    """The decimals of a typed column; nothing for text."""
    if kind.is_decimal():
        return int(kind.scale or 0)
    return 0 if kind.is_integer() else None
