"""60 subjects × 8 items × 5,000 raters, statistics of raters included.

And a thousand weight variations.
"""

import os
import random
import shutil
import tempfile
from pathlib import Path

from benchmarks.engine.child import score
from benchmarks.measure import Result, result

SUBJECTS, ITEMS = 60, 8
RATERS = int(os.environ.get("SHUZHI_BENCH_RATERS", "5000"))
UNITS, LEAVES, VARIATIONS = 450, 30, 1000
RULE = "{kind: ratings, scale: {from: 0, to: 100}, categories: {A: 60, B: 40}, within: {trim: 1}}"


def run() -> list[Result]:
    """Measure both, from files to files."""
    folder = Path(tempfile.mkdtemp(prefix="shuzhi-bench-"))
    try:
        _lay_hall(folder / "hall")
        hall = score(folder / "hall/scheme.yaml", folder / "hall", folder / "out")
        _lay_county(folder / "county")
        more = ["--robustness", str(VARIATIONS)]
        county = score(folder / "county/scheme.yaml", folder / "county", folder / "firm", *more)
    finally:
        shutil.rmtree(folder)
    marks = SUBJECTS * ITEMS * RATERS
    return [
        result(
            f"score {marks:,} marks with statistics of {RATERS:,} raters", hall.seconds, target=30
        ),
        result("… its memory", hall.mib, target=2048, unit="MiB"),
        result(
            f"rank {UNITS} units under {VARIATIONS} variations of the points",
            county.seconds,
            target=10,
        ),
    ]


def _lay_hall(folder: Path) -> None:
    folder.mkdir()
    draw = random.Random(7)  # noqa: S311 - repeatable on purpose
    lines = [f"- {{id: i{n}, points: 10, rule: {RULE}}}" for n in range(ITEMS)]
    (folder / "scheme.yaml").write_text(
        "\n".join(["scheme: hall", "indicators:", *lines, ""]), encoding="utf-8"
    )
    _units(folder, SUBJECTS)
    with (folder / "ratings.csv").open("w", encoding="utf-8") as file:
        file.write("unit,indicator,category,rater,value\n")
        for unit in range(SUBJECTS):
            for item in range(ITEMS):
                file.writelines(
                    f"u{unit:03},i{item},{'AB'[n % 2]},r{n},{draw.randint(50, 100)}\n"
                    for n in range(RATERS)
                )


def _lay_county(folder: Path) -> None:
    folder.mkdir()
    draw = random.Random(7)  # noqa: S311 - repeatable on purpose
    lines = [
        f"- {{id: i{n:02}, points: 10, rule: {{kind: linear, zero: 0, full: 100}}}}"
        for n in range(LEAVES)
    ]
    (folder / "scheme.yaml").write_text(
        "\n".join(["scheme: county", "indicators:", *lines, ""]), encoding="utf-8"
    )
    _units(folder, UNITS)
    with (folder / "values.csv").open("w", encoding="utf-8") as file:
        file.write("unit,indicator,value\n")
        for unit in range(UNITS):
            file.writelines(
                f"u{unit:03},i{n:02},{draw.randint(0, 10000) / 100}\n" for n in range(LEAVES)
            )


def _units(folder: Path, count: int) -> None:
    lines = "".join(f"u{n:03},branch {n},g\n" for n in range(count))
    (folder / "units.csv").write_text("unit,name,group\n" + lines, encoding="utf-8")
