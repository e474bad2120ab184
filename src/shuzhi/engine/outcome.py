"""What a calculation gave, read back from the files that it wrote, typed."""

import csv
import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from shuzhi.engine.explain import Node
from shuzhi.engine.scheme import Scheme


@dataclass(frozen=True)
class Result:
    """One unit's result. `total` is None where nothing was applicable."""

    unit: str
    name: str
    group: str
    total: Decimal | None
    rank: int | None
    grade: str
    status: str  # ranked | exempt | unranked
    bonus: Decimal
    vetoes: list[str]


@dataclass(frozen=True)
class NodeRow:
    """One indicator of one unit. `rate` is None where it is not applicable, or a bonus."""

    unit: str
    indicator: str
    rate: Decimal | None
    points: Decimal | None
    of: Decimal | None
    status: str  # scored | na | missing


@dataclass
class Outcome:
    """The output directory of a calculation, its tables read on demand."""

    scheme: Scheme
    directory: Path
    derivation: Node | None = None

    @cached_property
    def results(self) -> list[Result]:
        """One row a unit, sorted by unit."""
        return [
            Result(
                r["unit"],
                r["name"],
                r["group"],
                _number(r["total"]),
                int(r["rank"]) if r["rank"] else None,
                r["grade"],
                r["status"],
                Decimal(r["bonus"]),
                r["vetoes"].split(";") if r["vetoes"] else [],
            )
            for r in self.rows("results")
        ]

    @cached_property
    def nodes(self) -> list[NodeRow]:
        """One row a unit and indicator, sorted by unit, then by the tree's order."""
        return [
            NodeRow(
                r["unit"],
                r["indicator"],
                _number(r["rate"]),
                _number(r["points"]),
                _number(r["of"]),
                r["status"],
            )
            for r in self.rows("nodes")
        ]

    def rows(self, table: str) -> list[dict[str, str]]:
        """A table as its text stands in the file; empty when it was not asked for."""
        path = self.directory / f"{table}.csv"
        if not path.exists():
            return []
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @property
    def manifest(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(
            (self.directory / "manifest.json").read_text(encoding="utf-8")
        )
        return content


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None
