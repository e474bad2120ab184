"""Clocks and the shape of a result."""

import math
import time
from collections.abc import Callable, Sequence
from typing import Any

Result = dict[str, Any]


def seconds(work: Callable[[], object], *, times: int = 5) -> float:
    """Return the median duration of `work`, after one run that warms up."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return percentile(taken, 50)


def percentile(values: Sequence[float], rank: float) -> float:
    """Return the nearest-rank percentile: the smallest value that `rank` % do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(rank / 100 * len(ordered)) - 1)]


def result(
    name: str, ours: float, *, target: float, baseline: float | None = None, unit: str = "s"
) -> Result:
    """Describe one measurement.

    With a baseline, `target` is the least acceptable ratio baseline / ours (2 means twice as
    fast); without one it is the most that `ours` may be, in `unit` (seconds unless said).
    """
    ratio = None if baseline is None else baseline / ours
    return {
        "name": name,
        "ours_s": ours,
        "baseline_s": baseline,
        "ratio": ratio,
        "target": target,
        "ok": ours <= target if ratio is None else ratio >= target,
        "unit": unit,
    }
