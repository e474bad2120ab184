"""Rank and grade: who stands where among peers, and which grade that gives."""

from fractions import Fraction
from typing import Any

import ibis

from shuzhi.engine.program.arith import MICRO, NARROW, Column, Table, half_up_signed
from shuzhi.engine.scheme import Scheme
from shuzhi.engine.scheme.models import Grade, Quota

NO_LIMIT = 10**6


def published(total: Column, places: int) -> Column:
    """A total in millionths, rounded half up to `places`, in units of the last place."""
    return half_up_signed(NARROW, total, ibis.literal(10 ** (6 - places), "int64"))


def ranked(units: Table, scheme: Scheme) -> Table:
    """`units` with `published`, `key`, `peer`, `ranked`, `place` (1 is best) and `rank`."""
    places = scheme.rounding.places
    units = units.mutate(published=published(units.total, places))
    by_published = scheme.rank_on == "published"
    units = units.mutate(
        key=units.published if by_published else units.total,
        peer=units.grp if scheme.ranking.within == "group" else ibis.literal(""),
        ranked=(units.status != "exempt") & units.total.notnull() & ~units.unranked,
    )
    order = [units.key.desc(), *(units[name].fill_null(-1).desc() for name in _tiebreaks(scheme))]
    window: dict[str, Any] = {"group_by": [units.peer, units.ranked], "order_by": order}
    units = units.mutate(
        place=ibis.rank().over(**window) + 1, field=units.count().over(group_by=window["group_by"])
    )
    rank = units.place
    if scheme.ranking.ties == "dense":
        among = [units.peer, units.ranked]
        rank = ibis.dense_rank().over(group_by=among, order_by=units.place) + 1
    return units.mutate(rank=ibis.ifelse(units.ranked, rank, ibis.null("int64")))


def _tiebreaks(scheme: Scheme) -> list[str]:
    return [f"r_{place.order}" for name in scheme.ranking.tiebreak if (place := scheme.find(name))]


def graded(units: Table, scheme: Scheme) -> Table:
    """`units` with `given`, the number of the grade (0 is best), nothing where there is none."""
    fixed = ibis.greatest(units.fixed, units.cap.fill_null(-1))
    given = ibis.ifelse(units.ranked & units.fixed.notnull(), fixed, ibis.null("int64"))
    units, cases = units.mutate(given=given), list[Any]()
    for number, grade in enumerate(scheme.grades):
        if grade.quota:
            units = _grant_few(_grant(units, cases), scheme, number, grade)
            cases = []
        else:
            cases.append((_fits(units, scheme, number, grade), ibis.literal(number, "int64")))
    return _grant(units, cases)


def _grant(units: Table, cases: list[Any]) -> Table:
    """Give grades without a quota: the first whose conditions one meets."""
    if not cases:
        return units
    return units.mutate(given=ibis.cases((units.given.notnull(), units.given), *cases))


def _grant_few(units: Table, scheme: Scheme, number: int, grade: Grade) -> Table:
    """Give one grade to those who are left, meet its conditions and find room in its quota."""
    units = units.mutate(fit=_fits(units, scheme, number, grade))
    upto = ibis.range_window(
        preceding=None, following=0, group_by=[units.peer, units.fit], order_by=units.place
    )
    takes = units.fit & (
        units.count().over(upto) <= room(units.field, grade.quota or Quota(count=0))
    )
    return units.mutate(given=ibis.ifelse(takes, ibis.literal(number, "int64"), units.given))


def _fits(units: Table, scheme: Scheme, number: int, grade: Grade) -> Column:
    fits = units.ranked & units.given.isnull() & (units.cap.fill_null(-1) <= number)
    if grade.min is not None:
        unit = 10**scheme.rounding.places if scheme.rank_on == "published" else MICRO
        fits = fits & (units.key >= _ceiling(Fraction(grade.min) * unit))
    for requirement in grade.require:
        place = scheme.find(requirement.indicator)
        least = _ceiling(Fraction(requirement.min_rate) * 10**7)
        fits = fits & (units[f"r_{place.order}"].fill_null(-1) >= least) if place else fits
    return fits


def _ceiling(number: Fraction) -> int:
    return -(-number.numerator // number.denominator)


def room(field: Column, quota: Quota) -> Column:
    """How many of a field of so many ranked units may have a grade."""
    if quota.share is None:
        return ibis.literal(quota.count or 0, "int64")
    top, bottom = quota.share.numerator, quota.share.denominator
    extra = {"floor": 0, "round": bottom, "ceil": 2 * bottom - 2}[quota.round]
    return NARROW.quot(field * (2 * top) + extra, ibis.literal(2 * bottom, "int64"))
