"""Cells of a workbook that show something and hold no value: errors, formulas never calculated."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from shuzhi.engine.xlsxstream import worksheets

PIECE = 1 << 22  # bytes of a sheet that are looked at together
CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
PLACE = re.compile(rb'\br="([A-Z]+[0-9]+)"')
VALUE = re.compile(rb"<v[^>]*>([^<]+)</v>")


def broken_cells(path: Path) -> Iterator[tuple[str, str]]:
    """Each such cell as `Sheet1!C3`, with its error; "" for a formula without a result."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as book:
        for sheet, part in _parts(book):
            for attributes, inside in _cells(book, part):
                if (error := _error(attributes, inside)) is not None:
                    place = PLACE.search(attributes)
                    yield f"{sheet}!{place[1].decode() if place else '?'}", error


def _parts(book: zipfile.ZipFile) -> list[tuple[str, str]]:
    """The worksheets that are there; none where the workbook is not in order."""
    try:
        found = worksheets(book)
    except (KeyError, StopIteration, ET.ParseError):
        return []
    return [(name, part) for name, part in found if part in book.namelist()]


def _cells(book: zipfile.ZipFile, part: str) -> Iterator[tuple[bytes, bytes]]:
    """Attributes and content of the cells in those pieces of a sheet that may hold such a one."""
    rest = b""
    with book.open(part) as file:
        while piece := file.read(PIECE):
            rest += piece
            end = rest.rfind(b"</row>") + 1
            if rest.find(b't="e"', 0, end) >= 0 or rest.find(b"<f", 0, end) >= 0:
                yield from CELL.findall(rest, 0, end)
            rest = rest[end:]


def _error(attributes: bytes, inside: bytes) -> str | None:
    value = VALUE.search(inside)
    if b't="e"' in attributes:
        return value[1].decode() if value else "#?"
    uncounted = b"<f" in inside and value is None and b't="str"' not in attributes
    return "" if uncounted else None
