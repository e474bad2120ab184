"""The harmonic mean of rates, exact: no sum of fractions fits a machine word.

So Python counts it.
"""

import ibis

from shuzhi.engine.program.arith import Column

NAME = "shuzhi_harmonic"


@ibis.udf.scalar.builtin(name=NAME)  # type: ignore[untyped-decorator]
def _harmonic(pairs: str) -> int:  # type: ignore[empty-body]
    """The harmonic mean of the pairs; each backend is given `harmonic_mean` by this name."""


def harmonic_mean(pairs: str) -> int:
    """The harmonic mean of `weight:rate,…` on the grid, half up.

    0 when a rate is 0 or none is there.
    """
    from fractions import Fraction  # here: the function may travel to other processes

    rated = [tuple(map(int, pair.split(":"))) for pair in pairs.split(",") if pair]
    if not rated or any(rate == 0 for _, rate in rated):
        return 0
    parts = sum((Fraction(weight, rate) for weight, rate in rated), Fraction(0))
    mean = sum(weight for weight, _ in rated) / parts
    return int((2 * mean.numerator + mean.denominator) // (2 * mean.denominator))


def harmonic(pairs: Column) -> Column:
    """The harmonic mean of the pairs of each row."""
    return _harmonic(pairs)
