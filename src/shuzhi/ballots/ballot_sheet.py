"""Ballots out of the box, in memory, between decrypting and sealing; never stored like this."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .cards import Frame


class Mark(NamedTuple):
    """One mark without its hand."""

    subject: str
    item: str
    category: str
    value: str


@dataclass(frozen=True)
class Sheet:
    """One valid form: marks by subject and item, remarks by subject."""

    category: str
    marks: dict[tuple[str, str], str]
    remarks: dict[str, str] = field(default_factory=dict)
    receipt: str = ""

    def flat(self) -> Iterator[Mark]:
        """Yield its marks."""
        for (subject, item), value in self.marks.items():
            yield Mark(subject, item, self.category, value)


def from_box(content: dict[str, Any], frame: Frame) -> Sheet:
    """Return a decrypted ballot as a sheet, without what the rules exclude (own unit)."""
    items = [item.id for item in frame.form.items]
    own = content["own"]
    rows: Sequence[tuple[str, list[str | None]]] = list(
        zip(frame.subjects, content["marks"], strict=True)
    )
    remarks = zip(frame.subjects, content["remarks"], strict=True)
    return Sheet(
        category=content["category"],
        marks={
            (subject, item): value
            for subject, row in rows
            if subject != own
            for item, value in zip(items, row, strict=True)
            if value is not None
        },
        remarks={subject: text for subject, text in remarks if text and subject != own},
        receipt=content["receipt"],
    )


def marks_of(sheets: Iterable[Sheet]) -> Counter[Mark]:
    """Return how often each mark was given."""
    return Counter(mark for sheet in sheets for mark in sheet.flat())
