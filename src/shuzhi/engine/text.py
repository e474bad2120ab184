"""Text as it comes from offices: UTF-8 with or without a byte order mark, or GB 18030."""

import codecs
from pathlib import Path

from shuzhi.engine.faults import Fault, Faults, at
from shuzhi.engine.say import say

MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
PIECE = 1 << 24


def decode(content: bytes, name: str) -> str:
    """The text of a file's bytes. Raises Faults with the line that cannot be read."""
    for encoding in _encodings(content):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            place = content.count(b"\n", 0, error.start) + 1
    raise Faults([unreadable(content[:2], name, place)])


def _encodings(head: bytes) -> list[str]:
    """What a text may be in; what begins with the mark of UTF-8 is nothing else."""
    return ["utf-8-sig"] if head.startswith(codecs.BOM_UTF8) else ["utf-8-sig", "gb18030"]


def told_apart(names: list[str]) -> list[str]:
    """Names of columns; one without a name gets one that nobody writes."""
    return [name or f"\x00{place}" for place, name in enumerate(names)]


def unreadable(head: bytes, name: str, line: int) -> Fault:
    found = MARKS.get(head[:2])
    what = say("is {found}", found=found) if found else say("is neither UTF-8 nor GB 18030")
    return Fault(at(name, line), what, say("save it as UTF-8"), "encoding")


def encoding_of(path: Path) -> str:
    """`utf8` or `gb18030`, by trying. Raises Faults."""
    with path.open("rb") as file:
        head = file.read(3)
    places = []
    for encoding in _encodings(head):
        decoder, line = codecs.getincrementaldecoder(encoding)(), 1
        with path.open("rb") as file:
            try:
                while piece := file.read(PIECE):
                    decoder.decode(piece)
                    line += piece.count(b"\n")
                decoder.decode(b"", final=True)
            except UnicodeDecodeError as error:
                places.append(line + (error.object[: error.start].count(b"\n")))
            else:
                return "utf8" if encoding == "utf-8-sig" else encoding
    raise Faults([unreadable(head, path.name, places[0])])
