"""The rate of a leaf that reads one figure: one expression for all kinds, row by row."""

from collections.abc import Callable

import ibis

from shuzhi.engine.program.arith import GRID, Column, Table, Width

Formula = Callable[[Table, Width], Column]


def rates(rows: Table, kinds: set[str], width: Width) -> Table:
    """Figures beside their leaf's parameters, with `rate`, and `bad` where the rule forbids one."""
    known = [kind for kind in FORMULAS if kind in kinds]
    rate = ibis.cases(*((rows.kind == kind, FORMULAS[kind](rows, width)) for kind in known))
    bad = (
        ibis.cases(
            *(
                (rows.kind == kind, FORBIDDEN[kind](rows, width))
                for kind in known
                if kind in FORBIDDEN
            ),
            else_=False,
        )
        if kinds & set(FORBIDDEN)
        else ibis.literal(False)
    )
    none = ibis.null("int64")
    return rows.mutate(rate=ibis.ifelse(rows.na, none, rate), bad=(~rows.na & bad).fill_null(True))


def _ratio(rows: Table, width: Width) -> Column:
    return _capped(rows.v, rows.t, rows, width)


def _ratio_down(rows: Table, width: Width) -> Column:
    return ibis.ifelse(rows.v == 0, rows.cap, _capped(rows.t, rows.v, rows, width))


def _capped(top: Column, bottom: Column, rows: Table, width: Width) -> Column:
    """top/bottom between 0 and the cap."""
    none, grid = ibis.literal(0, "int64"), width.whole(GRID)
    beyond = top * grid >= width.cast(rows.cap) * bottom
    return ibis.cases(
        ((top <= 0) | (bottom <= 0), none), (beyond, rows.cap), else_=width.rate(top, bottom)
    )


def _linear(rows: Table, width: Width) -> Column:
    way, length = rows.v - rows.goal, rows.step.abs()
    way = ibis.ifelse(rows.step < 0, -way, way)
    return _part(way, length, width)


def _part(top: Column, bottom: Column, width: Width) -> Column:
    """top/bottom, held between 0 and 1."""
    inner = ibis.least(ibis.greatest(width.cast(top), width.whole(0)), width.cast(bottom))
    return width.rate(inner, bottom)


def _bands(rows: Table, _width: Width) -> Column:
    bounds = [name for name in rows.columns if name.startswith("from_")]
    cases = [(rows.v >= rows[name], rows[name.replace("from", "band")]) for name in bounds]
    return ibis.cases(*cases, else_=rows.rest) if cases else rows.rest


def _flag(rows: Table, _width: Width) -> Column:
    return ibis.ifelse(rows.v == 0, 0, GRID).cast("int64")


def _shortfall(rows: Table, width: Width) -> Column:
    return _deducted(rows.t - rows.v, rows, width)


def _excess(rows: Table, width: Width) -> Column:
    return _deducted(rows.v - rows.t, rows, width)


def _deducted(gap: Column, rows: Table, width: Width) -> Column:
    """What is left of the points after so much for every step of the gap begun."""
    gap = ibis.least(ibis.greatest(width.cast(gap), width.whole(0)), rows.most * rows.step)
    steps = width.quot(gap + rows.step - width.whole(1), rows.step)
    return _part(rows.points - rows.deduct * width.cast(steps), rows.points, width)


def _manual(rows: Table, width: Width) -> Column:
    return _part(rows.v, rows.points, width)


FORMULAS: dict[str, Formula] = {
    "ratio": _ratio,
    "ratio_down": _ratio_down,
    "linear": _linear,
    "bands": _bands,
    "flag": _flag,
    "shortfall": _shortfall,
    "excess": _excess,
    "manual": _manual,
}


def _no_target(rows: Table, _width: Width) -> Column:
    return rows.t.isnull()


FORBIDDEN: dict[str, Formula] = {
    "ratio": lambda rows, _: rows.t.isnull() | (rows.t <= 0),
    "ratio_down": lambda rows, _: rows.t.isnull() | (rows.t < 0),
    "flag": lambda rows, width: (rows.v != 0) & (rows.v != _one(rows, width)),
    "shortfall": _no_target,
    "excess": _no_target,
    "manual": lambda rows, _: (rows.v < 0) | (rows.v > rows.points),
}


def _one(rows: Table, _width: Width) -> Column:
    """1 on the leaf's scale; a flag has its own in `step`."""
    return rows.step
