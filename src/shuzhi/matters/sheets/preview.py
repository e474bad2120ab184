"""What a preview shows: faults and changes cell by cell, the first new rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .columns import Ledger
from .comparing import Change, Line

MOST_SHOWN = 50


@dataclass(frozen=True)
class Cell:
    """One cell that matters on the preview."""

    label: str
    text: str
    before: str
    fault: str


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _cells(ledger: Ledger, line: Line) -> Iterator[Cell]:
    """Yield cells that are wrong, changed, or filled in a new row."""
    for column in ledger.columns:
        now = _text(line.unread.get(column.key, line.typed[column.key]))
        was = _text(line.before.get(column.key))
        fault = line.faults.get(column.key, "")
        if fault or (column.key != "id" and now and now != was):
            yield Cell(str(column.title), now, was, fault)


def shown(ledger: Ledger, lines: Iterable[Line]) -> dict[str, Any]:
    """Return the rows of each change that a preview lists, the wrong ones first."""
    found: dict[Change, list[dict[str, Any]]] = {change: [] for change in Change}
    for line in lines:
        held = found[line.change]
        if line.change is not Change.SAME and len(held) < MOST_SHOWN:
            held.append({"row": line.row, "title": _text(line.typed["title"]),
                         "cells": list(_cells(ledger, line))})  # fmt: skip
    return {
        "wrong": found[Change.WRONG],
        "changed": found[Change.CHANGED],
        "new": found[Change.NEW],
        "takes": bool(found[Change.CHANGED] or found[Change.NEW]) and not found[Change.WRONG],
    }
