"""5.2 million units × 30 indicators against a hand-written query.

And how time grows with the units.
"""

import math
import os
import shutil
import tempfile
from pathlib import Path
from statistics import linear_regression

from benchmarks.engine.child import Cost, python, score
from benchmarks.engine.country import lay
from benchmarks.measure import Result, result

UNITS = int(os.environ.get("SHUZHI_BENCH_UNITS", "5200000"))
STEPS = [UNITS // 1000, UNITS // 100, UNITS // 10, UNITS]
MEMORY = "1600MB"  # for the database; the rest of 3 GiB is for everything else


def run() -> list[Result]:
    """Measure both in one run; the largest size serves both questions."""
    folder = Path(tempfile.mkdtemp(prefix="shuzhi-bench-"))
    try:
        costs = {units: _ours(folder / str(units), units) for units in STEPS}
        plain = python(
            "-m",
            "benchmarks.engine.baseline_country",
            f"{folder}/{UNITS}/data",
            f"{folder}/plain.csv",
        )
    finally:
        shutil.rmtree(folder)
    largest, last = costs[UNITS], {units: costs[units] for units in STEPS[-2:]}
    return [
        result(
            f"score {UNITS:,} units × 30 indicators",
            largest.seconds,
            baseline=plain.seconds,
            target=1 / 3,
        ),
        result(f"… its memory ({UNITS:,} units)", largest.mib, target=3072, unit="MiB"),
        result(f"… growth from {STEPS[0]:,} units (slope)", slope(costs), target=1.05, unit=""),
        # A start that always costs the same flattens the whole line, hardly its steepest part.
        result("… growth over the last tenfold (slope)", slope(last), target=1.05, unit=""),
    ]


def _ours(folder: Path, units: int) -> Cost:
    lay(folder, units)
    more = ["--only-results", "--memory", MEMORY]
    return score(folder / "scheme.yaml", folder / "data", folder / "out", *more)


def slope(costs: dict[int, Cost]) -> float:
    """Least squares of log time on log units."""
    sizes = [math.log(units) for units in costs]
    times = [math.log(cost.seconds) for cost in costs.values()]
    return linear_regression(sizes, times).slope
