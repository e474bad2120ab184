"""450 units × 30 items × 200 raters on three sheets of a workbook, from file to file."""

import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from benchmarks.engine.child import python, score
from benchmarks.measure import Result, result

UNITS = int(os.environ.get("SHUZHI_BENCH_BOOK_UNITS", "450"))
ITEMS, RATERS, SHEETS = 30, 200, 3
MEMORY = "70MB"  # for the database, which then puts aside what it has no room for
CATEGORIES = ["A"] * 60 + ["B"] * 60 + ["C"] * 80
RULE = (
    "{kind: ratings, scale: {from: 0, to: 100},"
    " categories: {A: 50, B: 30, C: 20}, within: {trim: 1}}"
)


def run() -> list[Result]:
    """Measure the engine and the script on the same workbook."""
    folder = Path(tempfile.mkdtemp(prefix="shuzhi-bench-"))
    try:
        lay(folder)
        more = ["--only-results", "--memory", MEMORY]
        ours = score(folder / "scheme.yaml", folder / "data", folder / "out", *more)
        book = folder / "data" / "ratings.xlsx"
        plain = python(
            "-m", "benchmarks.engine.baseline_workbook", str(book), str(folder / "plain.csv")
        )
    finally:
        shutil.rmtree(folder)
    name = f"score {UNITS * ITEMS * RATERS:,} marks of a workbook"
    return [
        result(name, ours.seconds, baseline=plain.seconds, target=10),
        result(
            f"… its memory against the script's ({plain.mib:.0f} MiB)",
            ours.mib,
            target=plain.mib / 3,
            unit="MiB",
        ),
    ]


def lay(folder: Path) -> None:
    """Write the scheme, the units and the workbook."""
    lines = [f"- {{id: i{n:02}, points: 10, rule: {RULE}}}" for n in range(ITEMS)]
    (folder / "scheme.yaml").write_text(
        "\n".join(["scheme: hall", "indicators:", *lines, ""]), encoding="utf-8"
    )
    data = folder / "data"
    data.mkdir()
    units = "".join(f"u{n:03},branch {n},g\n" for n in range(UNITS))
    (data / "units.csv").write_text("unit,name,group\n" + units, encoding="utf-8")
    book = xlsxwriter.Workbook(str(data / "ratings.xlsx"), {"constant_memory": True})
    rows, share = _rows(), UNITS * ITEMS * RATERS // SHEETS
    for _ in range(SHEETS):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["unit", "indicator", "category", "rater", "value"])
        for line in range(1, share + 1):
            sheet.write_row(line, 0, next(rows))
    book.close()


def _rows() -> Iterator[tuple[str, str, str, str, int]]:
    draw = random.Random(7)  # noqa: S311 - repeatable on purpose
    for unit in range(UNITS):
        for item in range(ITEMS):
            for rater, category in enumerate(CATEGORIES):
                yield f"u{unit:03}", f"i{item:02}", category, f"r{rater:03}", draw.randint(50, 100)
