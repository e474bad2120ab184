"""The engine called on a review's files; everything that the room keeps of its answer."""

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.translation import gettext_lazy as _

from shuzhi.engine.faults import Faults
from shuzhi.kernel.errors import RefusedError

from .archive import DATA, RESULTS, SCHEME, VARIATIONS
from .refusals import told
from .uncertainty import leaf_error, rank_ranges, spread
from .view import SchemeView, view_of

SHOWN_FAULTS = 10
MOST_MARKS = 20_000  # beyond, ranks without each mark in turn would take minutes
CENT = Decimal("0.01")
Row = dict[str, str]


def rows_of(data: bytes) -> list[Row]:
    """Return a CSV file's rows by column."""
    return list(csv.DictReader(StringIO(data.decode())))


@dataclass(frozen=True)
class Computation:
    """What went into the engine and what came out, file by file, and what the pages need of it."""

    scheme_text: str
    inputs: Mapping[str, bytes]
    outputs: Mapping[str, bytes]
    version: str

    @cached_property
    def view(self) -> SchemeView:
        return view_of(self.scheme_text)

    def table(self, name: str) -> list[Row]:
        """Return an output table, empty when the engine did not write it."""
        data = self.outputs.get(f"{name}.csv")
        return rows_of(data) if data else []

    @cached_property
    def results(self) -> list[Row]:
        return self.table("results")

    @cached_property
    def nodes(self) -> dict[str, list[Row]]:
        """Return the rows of every unit, in the tree's order."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.table("nodes"):
            found[row["unit"]].append(row)
        return found

    @cached_property
    def marks(self) -> dict[str, dict[str, dict[str, list[str]]]]:
        """Return the marks that were given: unit → indicator → category → values."""
        found: dict[str, dict[str, dict[str, list[str]]]] = {}
        for row in rows_of(self.inputs.get("ratings.csv", b"")):
            leaf = found.setdefault(row["unit"], {}).setdefault(row["indicator"], {})
            leaf.setdefault(row["category"], []).append(row["value"])
        return found

    @cached_property
    def mark_counts(self) -> dict[str, int]:
        """Return how many ballots marked each unit: the most marks that one indicator has."""
        return {
            unit: max(sum(map(len, categories.values())) for categories in leaves.values())
            for unit, leaves in self.marks.items()
        }

    @cached_property
    def spreads(self) -> dict[str, Decimal]:
        """Return the half width of each total at 95 %, to two places."""
        leaves = {leaf.id: leaf for leaf in self.view.rating_leaves}
        return {
            unit: spread(
                (leaf_error(leaves[leaf], marks[leaf]), self.view.weight(leaf))
                for leaf in leaves
                if leaf in marks
            ).quantize(CENT)
            for unit, marks in self.marks.items()
        }

    @cached_property
    def ranges(self) -> Mapping[str, tuple[int, int]]:
        """Return the ranks that marks of the same kind of raters leave possible."""
        ranked = {r["unit"]: Decimal(r["total"]) for r in self.results if r["rank"]}
        return rank_ranges(ranked, {unit: self.spreads.get(unit, Decimal(0)) for unit in ranked})

    @property
    def agreement(self) -> list[Row]:
        return self.table("agreement")


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)


def _names(scheme_text: str, files: Mapping[str, bytes]) -> dict[str, str]:
    """Return what units, indicators and vetoes are called; nothing of a scheme that is faulty."""
    units = {row["unit"]: row["name"] for row in rows_of(files.get("units.csv", b""))}
    try:
        view = view_of(scheme_text)
    except Faults:
        return units
    return units | view.titles | view.vetoes


def _refusal(error: Faults, names: Mapping[str, str]) -> RefusedError:
    sentences = told(error.faults, names)
    shown = sentences[:SHOWN_FAULTS]
    more = len(sentences) - len(shown)
    tail = [str(_("……另有 %(count)d 处。") % {"count": more})] if more else []
    return RefusedError("\n".join([str(_("不能计分：")), *shown, *tail]))


def filled(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Leave out files without a row, which the engine does not ask for."""
    return {name: data for name, data in files.items() if data.count(b"\n") > 1}


def variations(files: Mapping[str, bytes]) -> int | None:
    """Return how often the weights are varied; None where leaving out each mark takes too long."""
    marks = files.get("ratings.csv", b"").count(b"\n")
    return VARIATIONS if marks <= MOST_MARKS else None


def compute(
    scheme_text: str, files: Mapping[str, bytes], categories: Mapping[str, str] | None = None
) -> Computation:
    """Score `files` by the scheme as the command line would; the same input, the same bytes.

    Raises `RefusedError` with what the engine finds wrong, by the names of units, indicators and
    `categories` of raters.
    """
    from shuzhi.engine.score import score  # brings the calculating libraries: only when needed

    inputs = filled(files)
    with TemporaryDirectory(prefix="shuzhi-score-") as name:
        folder = Path(name)
        (folder / SCHEME).write_bytes(scheme_text.encode())
        _write(folder / DATA, inputs)
        try:
            outcome = score(
                folder / SCHEME, folder / DATA, folder / RESULTS, robustness=variations(inputs)
            )
        except Faults as error:
            names = _names(scheme_text, files) | dict(categories or {})
            raise _refusal(error, names) from error
        version: Any = outcome.manifest["engine"]
        outputs = {path.name: path.read_bytes() for path in sorted((folder / RESULTS).iterdir())}
    return Computation(scheme_text, inputs, outputs, str(version))
