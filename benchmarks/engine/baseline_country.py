"""The plainest query: weighted sum, rank and grade by hand, in binary floating point, unchecked."""

import sys

import duckdb

from benchmarks.engine.country import POINTS

RATE = """CASE n % 6
 WHEN 0 THEN least(v / 80, 1)
 WHEN 1 THEN least(greatest((v - 20) / 70, 0), 1)
 WHEN 2 THEN CASE WHEN v >= 90 THEN 1 WHEN v >= 60 THEN 0.7 WHEN v >= 30 THEN 0.4 ELSE 0 END
 WHEN 3 THEN v
 WHEN 4 THEN greatest(p - 0.5 * ceil(greatest(50 - v, 0) / 10), 0) / p
 ELSE greatest(p - 0.5 * ceil(greatest(v - 50, 0) / 10), 0) / p END"""


def main(data: str, out: str) -> None:
    """Read, sum, rank, grade, write."""
    weights = ", ".join(f"('i{n:02}', {n}, {points}::DOUBLE)" for n, points in enumerate(POINTS))
    duckdb.execute(
        f"""COPY (WITH w(indicator, n, p) AS (VALUES {weights}), totals AS (
            SELECT unit, round(sum(p * {RATE}), 2) AS total
            FROM (SELECT unit, n, p, value::DOUBLE AS v
                FROM '{data}/values.parquet' JOIN w USING (indicator)) GROUP BY unit),
        ranked AS (SELECT unit, name, "group", total,
            rank() OVER (PARTITION BY "group" ORDER BY total DESC) AS rank,
            count(*) OVER (PARTITION BY "group") AS n
            FROM '{data}/units.parquet' JOIN totals USING (unit))
        SELECT unit, name, "group", total, rank, CASE
            WHEN total >= 60 AND rank <= floor(n * 0.3) THEN '好'
            WHEN total >= 50 THEN '较好' WHEN total >= 40 THEN '一般' ELSE '差' END AS grade
        FROM ranked ORDER BY unit) TO '{out}' (HEADER)"""  # noqa: S608
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
