"""How a plan is shown: faults to correct in place, changes old and new, the first new rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shuzhi.kernel.typed import whole

from .exchange import Change, Line, Plan
from .exchange.model import LABELS, Part, Words

MOST_WRONG = 100  # rows to correct in place at once; more are mended better in the file
MOST_SHOWN = 50  # new or changed rows shown as a sample
PREFIX = "cell"


@dataclass(frozen=True)
class Cell:
    """One cell of a row on the preview."""

    name: str
    label: Words
    text: str
    fault: Words = ""
    before: str = ""
    changed: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet on the preview."""

    part: Part

    @property
    def title(self) -> Words:
        return self.part.spec.title

    @property
    def columns(self) -> list[Words]:
        return [column.title for column in self.part.spec.columns]

    @property
    def counts(self) -> list[tuple[Words, int, bool]]:
        """Return each kind of change in words, how many rows, and whether it is a fault."""
        counts = self.part.counts
        return [(LABELS[c], counts[c], c is Change.WRONG) for c in Change]

    @property
    def wrong(self) -> list[tuple[int, list[Cell]]]:
        return self._rows(Change.WRONG, MOST_WRONG)

    @property
    def changed(self) -> list[tuple[int, list[Cell]]]:
        return self._rows(Change.CHANGED, MOST_SHOWN)

    @property
    def new(self) -> list[tuple[int, list[Cell]]]:
        return self._rows(Change.NEW, MOST_SHOWN)

    @property
    def more_wrong(self) -> int:
        return max(0, self.part.counts[Change.WRONG] - MOST_WRONG)

    @property
    def more_changed(self) -> int:
        return max(0, self.part.counts[Change.CHANGED] - MOST_SHOWN)

    @property
    def more_new(self) -> int:
        return max(0, self.part.counts[Change.NEW] - MOST_SHOWN)

    def _rows(self, change: Change, most: int) -> list[tuple[int, list[Cell]]]:
        lines = self.part.of(change)[:most]
        return [(line.row, list(self._cells(line))) for line in lines]

    def _cells(self, line: Line) -> Iterator[Cell]:
        spec = self.part.spec
        for at, (column, text) in enumerate(zip(spec.columns, line.typed, strict=True)):
            yield Cell(
                name=f"{PREFIX}.{spec.key}.{line.row}.{at}",
                label=column.title,
                text=text,
                fault=line.faults.get(column.key, ""),
                before=_shown(line.before.get(column.key)),
                changed=column.key in line.before,
            )


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Preview:
    """All sheets that hold rows, and whether they may be written."""

    sheets: list[Sheet]
    faults: int
    changes: int
    ready: bool

    @classmethod
    def of(cls, plan: Plan) -> "Preview":
        sheets = [Sheet(part) for part in plan.parts.values() if part.lines]
        return cls(sheets, plan.faults, plan.changes, plan.ready)


def corrections(posted: Mapping[str, Any]) -> dict[tuple[str, int, int], str]:
    """Return the cells of a posted form: {(sheet, row, column): text}; odd names are left out."""
    found: dict[tuple[str, int, int], str] = {}
    for name, text in posted.items():
        parts = name.split(".")
        if len(parts) != 4 or parts[0] != PREFIX:  # noqa: PLR2004
            continue
        row, column = whole(parts[2]), whole(parts[3])
        if row is not None and column is not None:
            found[parts[1], row, column] = str(text)[:500]
    return found
