"""What a table is made of: columns, cells and limits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

Cell = str | int | Decimal | bool | date | None  # a datetime is a date
MIB = 1024 * 1024
EXCEL_DIGITS = 15  # Excel keeps and shows no more


class Kind(StrEnum):
    """What stands in a column."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    YES_NO = "yes-no"


@dataclass(frozen=True)
class Column:
    """A column: its name in code, its heading, and what may stand in it.

    `choices` become a dropdown, `note` a hint beside the cell; `places` fixes shown decimals.
    """

    key: str
    title: str | Promise
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: Sequence[str] = ()
    note: str | Promise = ""
    width: int | None = None
    places: int | None = None


@dataclass(frozen=True)
class Sheet:
    """A sheet to write; `blank_rows` prepares as many rows below the last for filling in."""

    name: str | Promise
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]] = ()
    blank_rows: int = 0
    instructions: Sequence[str | Promise] = ()


@dataclass(frozen=True)
class Limits:
    """How much an upload may hold: bytes as sent, rows, columns."""

    size: int = 10 * MIB
    rows: int = 50_000
    columns: int = 100


@dataclass(frozen=True)
class Grid:
    """A sheet as read: `rows[i]` is row i + 1 of the file, so that faults can name the place."""

    name: str
    rows: list[list[Cell]] = field(repr=False)


@dataclass(frozen=True)
class Record:
    """One filled row: where it stands, and its values by column key."""

    row: int
    values: dict[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.values[key]
