"""What a teller enters for one category, how two entries compare, and what follows from them.

Everything entered is seen as cells with a value, so that tallies and single forms are compared,
settled and counted by the same rule.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from .ballot_sheet import Mark, Sheet
from .enums import PaperMode

COUNTS = ("returned", "void", "unused", "cancelled")
MOST_FORMS = 9999
SEPARATOR = "|"
Number = Annotated[int, Field(ge=0, le=MOST_FORMS)]


class FormEntry(BaseModel):
    """One paper form, by the number pencilled on it after mixing."""

    model_config = ConfigDict(extra="forbid")
    marks: dict[str, dict[str, str]] = {}


class PaperContent(BaseModel):
    """All that one teller has entered for a category."""

    model_config = ConfigDict(extra="forbid")
    counts: dict[str, Number] = {}
    tallies: dict[str, dict[str, dict[str, Number]]] = {}  # item → subject → mark → how many
    forms: dict[int, FormEntry] = {}
    remarks: dict[str, list[str]] = {}

    def cells(self, mode: PaperMode) -> dict[str, str]:
        """Return everything that must agree, as cell → value; zeros and blanks left out."""
        counts = (("count", name, number) for name, number in self.counts.items() if number)
        entered = self._tally_cells() if mode == PaperMode.TALLIES else self._form_cells()
        return {_join(*names): str(value) for *names, value in (*counts, *entered)}

    def unmarked(self, mode: PaperMode) -> int:
        """Return how many forms count as returned and valid while not one mark is entered."""
        if any(cell.split(SEPARATOR)[0] != "count" for cell in self.cells(mode)):
            return 0
        return max(0, self.counts.get("returned", 0) - self.counts.get("void", 0))

    def _tally_cells(self) -> Iterator[tuple[Any, ...]]:
        for item, subjects in self.tallies.items():
            for subject, marks in subjects.items():
                for mark, number in marks.items():
                    if number:
                        yield "tally", item, subject, mark, number

    def _form_cells(self) -> Iterator[tuple[Any, ...]]:
        for number, form in self.forms.items():
            yield "form", number, "✓"
            for subject, marks in form.marks.items():
                for item, mark in marks.items():
                    yield "form", number, item, subject, mark


def _join(*names: object) -> str:
    return SEPARATOR.join(map(str, names))


@dataclass(frozen=True)
class Settled:
    """What was decided between two values; it says nothing once a teller has counted otherwise."""

    value: str
    between: tuple[str, str]


@dataclass(frozen=True)
class Difference:
    """A cell in which two tellers differ, and what the desk has decided, if it has."""

    cell: str
    values: tuple[str, str]
    settled: str | None = None


def differences(
    one: Mapping[str, str], other: Mapping[str, str], settled: Mapping[str, Settled]
) -> list[Difference]:
    """Return the cells in which two entries differ, sorted."""
    found = []
    for cell in sorted(one.keys() | other.keys()):
        values = one.get(cell, ""), other.get(cell, "")
        if values[0] != values[1]:
            said = settled.get(cell)
            valid = said is not None and said.between == values
            found.append(Difference(cell, values, said.value if said and valid else None))
    return found


@dataclass
class PaperResult:
    """What the paper of a category amounts to once the tellers agree."""

    counts: dict[str, int]
    marks: Counter[Mark] = field(default_factory=Counter)
    sheets: list[Sheet] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)

    @property
    def valid(self) -> int:
        """Forms that count."""
        return self.counts["returned"] - self.counts["void"]


def agreed_cells(one: Mapping[str, str], found: Sequence[Difference]) -> dict[str, str]:
    """Return one teller's cells with the settled ones put right."""
    settled = {difference.cell: difference.settled or "" for difference in found}
    return {cell: value for cell, value in {**one, **settled}.items() if value not in ("", "0")}


def result_of(category: str, cells: Mapping[str, str]) -> PaperResult:
    """Turn agreed cells into counts, marks and forms."""
    counts = {name: int(cells.get(_join("count", name), 0)) for name in COUNTS}
    marks: Counter[Mark] = Counter()
    forms: dict[str, dict[tuple[str, str], str]] = {}
    for cell, value in cells.items():
        match cell.split(SEPARATOR):
            case ["tally", item, subject, mark]:
                marks[Mark(subject, item, category, mark)] += int(value)
            case ["form", number]:
                forms.setdefault(number, {})
            case ["form", number, item, subject]:
                forms.setdefault(number, {})[subject, item] = value
    sheets = [Sheet(category, given) for given in forms.values()]
    for sheet in sheets:
        marks.update(sheet.flat())
    return PaperResult(counts, marks, sheets)
