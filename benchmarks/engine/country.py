"""Invented data as large as the country: units × 30 indicators of mixed kinds, as Parquet."""

from pathlib import Path

import duckdb

LEAVES = 30
KINDS = ["ratio", "linear", "bands", "flag", "shortfall", "excess"]
RULES = {
    "ratio": "{kind: ratio, target: 80}",
    "linear": "{kind: linear, zero: 20, full: 90}",
    "bands": "{kind: bands, bands: [[90, 100], [60, 70], [30, 40], [null, 0]]}",
    "flag": "{kind: flag}",
    "shortfall": "{kind: shortfall, target: 50, each: 10, deduct: 0.5}",
    "excess": "{kind: excess, limit: 50, each: 10, deduct: 0.5}",
}
POINTS = [3, 3, 4] * 10
GRADES = """\
grades:
- {grade: 好, min: 60, quota: {share: 30}}
- {grade: 较好, min: 50}
- {grade: 一般, min: 40}
- {grade: 差}
"""


def scheme() -> str:
    """Thirty leaves at the top, five of each kind."""
    lines = [
        f"- {{id: i{n:02}, points: {POINTS[n]}, rule: {RULES[KINDS[n % 6]]}}}"
        for n in range(LEAVES)
    ]
    return "\n".join(["scheme: country", "full: 100", "indicators:", *lines, GRADES])


def lay(folder: Path, units: int) -> None:
    """Write the scheme and the tables of so many units."""
    folder.mkdir(parents=True)
    (folder / "scheme.yaml").write_text(scheme(), encoding="utf-8")
    data = folder / "data"
    data.mkdir()
    connection = duckdb.connect(config={"memory_limit": "2GB"})
    unit = "printf('%010d', u)"
    connection.execute(
        f"COPY (SELECT {unit} AS unit, 'branch ' || u AS name, 'county' || (u // 1600) AS \"group\""  # noqa: S608
        f" FROM range({units}) t(u)) TO '{data}/units.parquet' (FORMAT parquet)"
    )
    flag = (
        "CASE WHEN i % 6 = 3 THEN (h % 2)::DECIMAL(9,2) ELSE ((h % 10001) / 100)::DECIMAL(9,2) END"
    )
    connection.execute(
        f"COPY (SELECT {unit} AS unit, printf('i%02d', i) AS indicator, {flag} AS value FROM"  # noqa: S608
        f" (SELECT u, i, hash(u * 31 + i) % 1000003 AS h"
        f" FROM range({units}) t(u), range({LEAVES}) s(i)))"
        f" TO '{data}/values.parquet' (FORMAT parquet)"
    )
    connection.close()
