"""Cells that a spreadsheet would execute, and how they are made harmless."""

import re

# A number, a dash or a phone number after the sign is no formula: -3.5, +86 138 0000 0000.
_SIGNED_NUMBER = re.compile(r"[+-]?[\d\s.,:%()/-]*", re.ASCII)
_STARTERS = "=+-@\t\r"


def is_formula_like(value: str) -> bool:
    """Tell whether a spreadsheet that opens a CSV file might execute `value`."""
    stripped = value.lstrip(" \n")
    return stripped[:1] in tuple(_STARTERS) and not _SIGNED_NUMBER.fullmatch(stripped)


def neutralised(value: str) -> str:
    """Return `value` for a CSV cell, with an apostrophe where it might execute."""
    return f"'{value}" if is_formula_like(value) else value


def restored(value: str) -> str:
    """Return what stood in the cell before `neutralised`."""
    return value[1:] if value.startswith("'") and is_formula_like(value[1:]) else value
