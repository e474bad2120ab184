"""Where a unit stands among its peers: minmax, rank, percentile, zscore."""

from typing import Any

import ibis

from shuzhi.engine.program.arith import BROAD, GRID, WIDE, Column, Table, Width

FINE = 10**12  # a z-score's figures are held to so many steps of their range


def relative_rates(rows: Table, units: Table, kinds: set[str], width: Width) -> Table:
    """`rows` of relative leaves with `rate`; not applicable ones have none and are no peers."""
    groups = units.select(peer_unit=units.unit, grp=units.grp)
    joined = rows.join(groups, rows.unit == groups.peer_unit, how="left").drop("peer_unit")
    joined = joined.mutate(
        peer=ibis.ifelse(joined.peers == "all", "", joined.grp.fill_null("")), live=~joined.na
    )
    live = joined.filter(joined.live)
    live = _with_peers(live)
    if kinds & {"zscore", "zscore_down"}:
        live = _standardised(live, width)
    live = live.mutate(rate=_rate(live, kinds, width))
    none = joined.filter(~joined.live).mutate(rate=ibis.null("int64"))
    columns = [*rows.columns, "rate"]
    return live.select(columns).union(none.select(columns)).mutate(bad=False)


def _with_peers(live: Table) -> Table:
    """Each row with its peers' count, their lowest and their highest."""
    peers = live.group_by("leaf", "peer").aggregate(
        n=live.count(), lowest=live.v.min(), highest=live.v.max()
    )
    peers = peers.rename(peer_leaf="leaf", peer_name="peer")
    joined = live.join(peers, (live.leaf == peers.peer_leaf) & (live.peer == peers.peer_name))
    return joined.drop("peer_leaf", "peer_name")


def _rate(live: Table, kinds: set[str], width: Width) -> Column:
    cases: list[Any] = []
    if kinds & {"minmax", "minmax_down"}:
        cases += [
            (live.kind == "minmax", _minmax(live, width, up=True)),
            (live.kind == "minmax_down", _minmax(live, width, up=False)),
        ]
    if kinds & {"rank", "percentile", "rank_down", "percentile_down"}:
        cases.append((live.kind.isin(["rank", "percentile"]), _standing(live, up=True)))
        cases.append((live.kind.isin(["rank_down", "percentile_down"]), _standing(live, up=False)))
    if kinds & {"zscore", "zscore_down"}:
        z, tail = live.z_score, live.z_tail
        cases.append((live.kind == "zscore", _normal(z, tail)))
        cases.append((live.kind == "zscore_down", _normal(-z, tail)))
    return ibis.cases(*cases)


def _minmax(live: Table, width: Width, *, up: bool) -> Column:
    way = live.v - live.lowest if up else live.highest - live.v
    spread = live.highest - live.lowest
    return ibis.ifelse(spread == 0, ibis.literal(GRID, "int64"), width.rate(way, spread))


def _standing(live: Table, *, up: bool) -> Column:
    """(those strictly below + half of those equal) / the others; alone: 1."""
    from shuzhi.engine.program.arith import NARROW

    order = live.v.asc() if up else live.v.desc()
    below = ibis.rank().over(group_by=[live.leaf, live.peer], order_by=order)
    equal = live.count().over(group_by=[live.leaf, live.peer, live.v])
    share = NARROW.rate(below * 2 + equal - 1, (live.n - 1) * 2)
    return ibis.ifelse(live.n == 1, ibis.literal(GRID, "int64"), share)


def _standardised(live: Table, width: Width) -> Table:
    """With `z_score`, by the sample's deviation, from exact sums; nothing where that is 0.

    And with `z_tail`, the normal distribution's tail beyond it. Each step is a column of its own:
    in one expression, every use would write it out again, to a megabyte of SQL.
    """
    spread = BROAD.cast(live.highest - live.lowest)
    coarse = ibis.greatest(ibis.literal(1, "int64"), BROAD.quot(spread, BROAD.whole(FINE)))
    away = width.cast(live.v - live.lowest)
    y = ibis.ifelse(spread < FINE, away.cast(WIDE), BROAD.quot(away, coarse).cast(WIDE))
    live = live.mutate(z_way=y)
    peers: dict[str, Any] = {"group_by": [live.leaf, live.peer]}
    sums = (live.z_way.sum().over(**peers), (live.z_way * live.z_way).sum().over(**peers))
    live = live.mutate(z_sum=sums[0].cast(WIDE), z_squares=sums[1].cast(WIDE))
    n = live.n.cast(WIDE)
    deviation = (
        (n * live.z_squares - live.z_sum * live.z_sum).cast("float64")
        * live.n.cast("float64")
        / (live.n - 1).nullif(0).cast("float64")
    )
    apart = (n * live.z_way - live.z_sum).cast("float64")
    live = live.mutate(z_score=apart / deviation.sqrt().nullif(0.0))
    return live.mutate(z_tail=_tail(live.z_score.abs()))


ABOVE = (
    3.52624965998911e-02,
    0.700383064443688,
    6.37396220353165,
    33.912866078383,
    112.079291497871,
    221.213596169931,
    220.206867912376,
)
BELOW = (
    8.83883476483184e-02,
    1.75566716318264,
    16.064177579207,
    86.7807322029461,
    296.564248779674,
    637.333633378831,
    793.826512519948,
    440.413735824752,
)
FAR = 7.0  # beyond it the tail is less than 1e-11


def _tail(size: Column) -> Column:
    """The part of the normal distribution beyond a score not below 0 (Hart 1968)."""
    tail = (size * size * -0.5).exp() * _polynomial(ABOVE, size) / _polynomial(BELOW, size)
    return ibis.ifelse(size < FAR, tail, 0.0)


def _normal(z: Column, tail: Column) -> Column:
    """The normal distribution function at z to 6 places, on the grid. Nothing is a half."""
    part = ibis.ifelse(z > 0, 1.0 - tail, tail)
    micro = (part * 1e6 + 0.5).floor().cast("int64")
    return ibis.ifelse(z.isnull(), ibis.literal(GRID // 2, "int64"), micro * 1000)


def _polynomial(coefficients: tuple[float, ...], x: Column) -> Column:
    value = ibis.literal(coefficients[0], "float64")
    for coefficient in coefficients[1:]:
        value = value * x + coefficient
    return value
