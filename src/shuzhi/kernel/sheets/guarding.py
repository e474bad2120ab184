"""Look through a workbook's XML before reading it: its true extent, and where formulas stand.

The reader lays a sheet out as a full rectangle, so that one cell in the last corner of an empty
sheet would fill the memory; and it returns the last value of a formula as if it had been typed.
"""

import re
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass
class Survey:
    """What a sheet's XML holds: its last row and column, and the cells that are formulas."""

    rows: int = 0
    columns: int = 0
    formulas: list[tuple[int, int]] = field(default_factory=list)


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 1 (1 → A, 28 → AB)."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class _Surveyor:
    """Walks a sheet's XML; only cells with content count."""

    def __init__(self) -> None:
        self.survey = Survey()
        self.row = self.column = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row":
                self.row = int(attributes.get("r", self.row + 1))
                self.column = 0
            case "c":
                self._enter(attributes.get("r", ""))
            case "v" | "is":
                self._count()
            case "f":
                self._count()
                self.survey.formulas.append((self.row, self.column))

    def _enter(self, reference: str) -> None:
        place = _REFERENCE.fullmatch(reference)
        if place:
            self.row, self.column = int(place[2]), _column_number(place[1])
        else:
            self.column += 1

    def _count(self) -> None:
        self.survey.rows = max(self.survey.rows, self.row)
        self.survey.columns = max(self.survey.columns, self.column)


def _refuse_doctype(*_declared: object) -> None:
    raise ValueError("a workbook has no document type")


def _parse(data: bytes, start: object) -> None:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = start  # type: ignore[assignment]  # typed as object by the stubs
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise ValueError("damaged XML") from error


def survey(xml: bytes) -> Survey:
    """Return what a worksheet's XML holds; raise `ValueError` if it is damaged."""
    surveyor = _Surveyor()
    _parse(xml, surveyor.start)
    return surveyor.survey


def _elements(archive: zipfile.ZipFile, part: str, wanted: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == wanted:
            found.append({key.rpartition(":")[2]: value for key, value in attributes.items()})

    _parse(archive.read(part), start)
    return found


def sheet_part(archive: zipfile.ZipFile, name: str) -> str:
    """Return the path of the part that holds the sheet `name`; raise `KeyError` if none does."""
    sheets = {s["name"]: s["id"] for s in _elements(archive, "xl/workbook.xml", "sheet")}
    parts = {
        link["Id"]: link["Target"]
        for link in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    target = parts[sheets[name]]
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
