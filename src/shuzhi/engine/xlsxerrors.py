"""Cells of a workbook that show something and hold no value: errors, formulas never calculated."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

PIECE = 1 << 22  # bytes of a sheet that are looked at together
CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
PLACE = re.compile(rb'\br="([A-Z]+[0-9]+)"')
VALUE = re.compile(rb"<v[^>]*>([^<]+)</v>")
RELATIONS = "xl/_rels/workbook.xml.rels"


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
    """The name of each worksheet, and where it stands; none where the workbook is not in order."""
    try:
        relations = ET.fromstring(book.read(RELATIONS))  # noqa: S314 - expat refuses bombs
        targets = {one.get("Id"): one.get("Target", "") for one in relations}
        root = ET.fromstring(book.read("xl/workbook.xml"))  # noqa: S314
    except (KeyError, ET.ParseError):
        return []
    found = []
    for one in root.iter():
        key = next((value for name, value in one.attrib.items() if name.endswith("}id")), None)
        if one.tag.endswith("}sheet") and key in targets:
            part = str(PurePosixPath("/xl") / targets[key])[1:]
            found.append((one.get("name", ""), part))
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
