"""Vetoes: what each unit incurred, and the worst that follows for its grade."""

from collections import defaultdict
from typing import Any

import pyarrow as pa

from shuzhi.engine.scheme import Scheme
from shuzhi.engine.tables import Input

SCHEMA = pa.schema(
    [
        ("unit", pa.string()),
        ("vetoes", pa.string()),
        ("unranked", pa.bool_()),
        ("fixed", pa.int64()),
        ("cap", pa.int64()),
    ]
)


def veto_rows(scheme: Scheme, given: Input | None) -> pa.Table:
    """One row a unit with vetoes: their names, and the worst effect on ranking and grade."""
    incurred: dict[str, set[str]] = defaultdict(set)
    for row in rows_of(given):
        incurred[row["unit"]].add(row["veto"])
    rows = [_worst(scheme, unit, names) for unit, names in sorted(incurred.items())]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def rows_of(given: Input | None) -> list[dict[str, Any]]:
    """The table's rows; vetoes are few."""
    if given is None:
        return []
    if given.table is not None:
        return list(given.table.to_pylist())
    import pyarrow.dataset as ds

    return list(ds.dataset(given.path, format="parquet").to_table().to_pylist())


def _worst(scheme: Scheme, unit: str, names: set[str]) -> dict[str, Any]:
    grades = [grade.grade for grade in scheme.grades]
    effects = [veto.effect for veto in scheme.vetoes if veto.id in names]
    fixed = [grades.index(effect.grade) for effect in effects if effect.grade]
    caps = [grades.index(effect.cap_grade) for effect in effects if effect.cap_grade]
    return {
        "unit": unit,
        "vetoes": ";".join(veto.id for veto in scheme.vetoes if veto.id in names),
        "unranked": any(effect.unranked for effect in effects),
        "fixed": max(fixed, default=None),
        "cap": max(caps, default=None),
    }
