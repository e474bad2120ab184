"""Large worksheets read while they unpack: their columns, some rows at a time.

The workbook library holds a sheet several times over. A sheet that is not plain text and numbers
in the usual order (dates, truth values, errors) is left to it: `NotPlainError` says so.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

LARGE = 1 << 26  # bytes of a sheet from which this pays
PIECE = 1 << 20  # bytes that are looked at together
MOST_TEXTS = 1 << 16  # different ones in a piece: more do not fit its codes, nor so few bytes
ROW = re.compile(rb"</?row[^>]*>")
LETTERS, DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
NUMBERS = {*range(5), *range(9, 14), *range(37, 41), 48, 49}  # built-in formats that are no dates
RELATIONS = "xl/_rels/workbook.xml.rels"
Cells = tuple[pa.Array, Any, pa.Array]  # column, row and the rest of each cell
Sheet = tuple[list[str], list[pa.RecordBatch]]  # the names, and the rows below them


class NotPlainError(Exception):
    """A sheet holds more than text and numbers, or not in the usual order."""


def is_large(path: Path) -> bool:
    """Whether a sheet of the workbook is so large that it pays to read it here."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as book:
        sizes = [part.file_size for part in book.infolist() if "/worksheets/" in part.filename]
    return max(sizes, default=0) > LARGE


def stream(path: Path) -> list[Sheet]:
    """The sheets of a workbook that have any cell. Raises NotPlainError."""
    try:
        with zipfile.ZipFile(path) as book:
            return [sheet for sheet in _Workbook(book).sheets() if sheet]
    except (
        KeyError,
        StopIteration,
        ValueError,
        pa.ArrowException,
        ET.ParseError,
    ) as error:
        raise NotPlainError(str(error)) from error


def worksheets(book: zipfile.ZipFile) -> list[tuple[str, str]]:
    """The name and the part of each worksheet; KeyError, StopIteration or ParseError: no order."""
    relations = _in(book, RELATIONS, "Relationships")
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    found = []
    for one in _in(book, "xl/workbook.xml", "sheets"):
        key = next(value for name, value in one.attrib.items() if name.endswith("}id"))
        found.append((one.get("name", ""), str(PurePosixPath("/xl") / targets[key])[1:]))
    return found


def _in(book: zipfile.ZipFile, part: str, name: str) -> Iterable[Any]:
    """What an element of a part holds; nothing where there is no such part."""
    if part not in book.namelist():
        return ()
    root = ET.fromstring(book.read(part))  # noqa: S314 - expat refuses bombs
    return next((one for one in root.iter() if _tag(one) == name), ())


class _Workbook:
    """The parts of an open workbook."""

    def __init__(self, book: zipfile.ZipFile) -> None:
        self.book = book
        self.formats = [
            int(one.get("numFmtId", 0)) for one in _in(self.book, "xl/styles.xml", "cellXfs")
        ]
        self.shared = [_plain(one) for one in _in(self.book, "xl/sharedStrings.xml", "sst")]

    def sheets(self) -> Iterator[Sheet | None]:
        """Each sheet, in the workbook's order."""
        return (self._sheet(part) for _name, part in worksheets(self.book))

    def _sheet(self, part: str) -> Sheet | None:
        columns, names, rows, done = list[str](), list[str](), list[pa.RecordBatch](), 0
        for letters, places, cells in self._cells(part):
            if not columns:  # the first row names them
                columns, done = letters[: (places == places[0]).sum()].to_pylist(), places[0] - 1
            if places[0] <= done or (np.diff(places) < 0).any():
                raise NotPlainError("rows out of order")
            found = self._laid(letters, places - done - 1, cells, columns)
            names, done = names or [texts[0].as_py() for texts in found], places[-1]
            rows.append(pa.RecordBatch.from_arrays(found, names))
        if not rows:
            return None
        if not any(names):
            raise NotPlainError("no names in the first row")
        return names, [rows[0].slice(1), *rows[1:]]

    def _laid(self, letters: pa.Array, rows: Any, cells: pa.Array, columns: list[str]) -> list[Any]:
        """The columns of a piece as codes of its different texts; 0 where there is no cell."""
        letters, cells = letters.dictionary_encode(), cells.dictionary_encode()
        places = np.array([columns.index(letter) for letter in letters.dictionary.to_pylist()])
        if len(cells.dictionary) >= MOST_TEXTS:
            raise NotPlainError("too many texts")
        codes = np.zeros((len(columns), int(rows[-1]) + 1), dtype=np.uint16)
        codes[places[letters.indices.to_numpy()], rows] = cells.indices.to_numpy() + 1
        texts = pa.array(["", *map(self._text, cells.dictionary.to_pylist())], pa.string())
        return [pa.DictionaryArray.from_arrays(pa.array(column), texts) for column in codes]

    def _cells(self, part: str) -> Iterator[Cells]:
        """Column, row and the rest of every cell, of some whole rows at a time."""
        rest = b""
        with self.book.open(part) as file:
            while piece := file.read(PIECE):
                rest += piece
                end = rest.rfind(b"</row>")
                if (cells := _split(rest[: max(end, 0)])) is not None:
                    yield cells
                    rest = rest[end:]
        if _starts(rest):
            raise NotPlainError("cells after the last row")

    def _text(self, cell: str) -> str:
        """The text of a cell, as the library gives it."""
        from shuzhi.engine.xlsxin import text_of

        node = ET.fromstring(f"<c {cell}")  # noqa: S314 - holds no declarations
        kind, inside = node.get("t", "n"), {_tag(one): one.text or "" for one in node}
        if kind == "inlineStr":
            return _plain(node)
        value = inside.get("v", "")
        if not value and "f" in inside and kind != "str":
            raise NotPlainError("a formula without its result")
        if kind == "str" or not value:
            return value
        if kind == "s":
            return self.shared[int(value)]
        if kind == "n" and self._is_number(int(node.get("s", 0))):
            return text_of(float(value))
        raise NotPlainError(kind)

    def _is_number(self, style: int) -> bool:
        return style >= len(self.formats) or self.formats[style] in NUMBERS


def _tag(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


def _plain(node: Any) -> str:
    """The text of a cell or of a shared text, its runs joined. Raises NotPlainError."""
    if any(_tag(one) == "rPh" for one in node.iter()):
        raise NotPlainError("text with its pronunciation")
    return "".join(one.text or "" for one in node.iter() if _tag(one) == "t")


def _starts(xml: bytes) -> int:
    """How many cells begin there."""
    return xml.count(b"<c ") + xml.count(b"<c>")


def _split(xml: bytes) -> Cells | None:
    """Each cell's column, row and rest; nothing where there is no cell. Raises NotPlainError."""
    starts = xml.count(b'<c r="')
    if starts != _starts(xml):
        raise NotPlainError("cells without a place")
    if not starts:
        return None
    cells = ROW.sub(b"", xml).decode().split('<c r="')[1:]
    halves = pc.split_pattern(pa.array(cells), '"', max_splits=1).values
    place, rest = halves[::2], halves[1::2]
    rows = pc.ascii_ltrim(place, characters=LETTERS).cast(pa.int64())
    return pc.ascii_rtrim(place, characters=DIGITS), rows.to_numpy(), rest
