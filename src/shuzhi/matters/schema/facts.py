"""Typed facts: what a step may or must say."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from shuzhi.kernel.content import Frozen

from .words import Key, Words


class FactType(StrEnum):
    """How a fact is typed in, checked, shown and sorted."""

    TEXT = "text"  # one line
    LONG = "long"  # paragraphs
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    CHOICE = "choice"
    BOOLEAN = "boolean"
    UNIT = "unit"  # by the unit's code
    PERSON = "person"  # by the person's public id
    FILE = "file"  # one or several: Word, Excel, PDF, pictures
    PHOTO = "photo"  # one or several: JPEG, PNG
    LIST = "list"  # rows of `columns`: a checklist, the items of a responsibility letter


WRITTEN = frozenset({FactType.TEXT, FactType.LONG})
FILES = frozenset({FactType.FILE, FactType.PHOTO})
MOST = {  # characters, files, rows: unless `max` says otherwise
    FactType.TEXT: 200,
    FactType.LONG: 5000,
    FactType.FILE: 9,
    FactType.PHOTO: 9,
    FactType.LIST: 200,
}


class Choice(Frozen):
    """One of the values of a choice."""

    id: Key
    label: Words


class Fact(Frozen):
    """A fact that the matter knows once somebody has given it.

    `min` and `max` bound the characters of a text, the value of a number, the count of files or
    rows. `personal`: names somebody, so it stays out of the proof log's leaves and is masked in
    lists. `past`/`future` bound a date by the day on which it is given. `begins_as`: a list whose
    form begins with the rows of this other list, as far as columns have the same names.
    """

    id: Key
    label: Words
    type: FactType
    help: Words | None = None
    choices: tuple[Choice, ...] = ()
    columns: "tuple[Fact, ...]" = ()
    min: Decimal | None = None
    max: Decimal | None = None
    past: bool = False
    future: bool = False
    personal: bool = False
    begins_as: Key | None = None
    required: bool = False  # of a column: every row must fill it in

    @property
    def names_somebody(self) -> bool:
        """Tell whether it is personal, or one of its columns is."""
        return self.personal or any(column.personal for column in self.columns)

    @property
    def most(self) -> int:
        """Return how many characters, files or rows there may be; of the types in `MOST`."""
        return MOST[self.type] if self.max is None else int(self.max)

    def choice(self, key: str) -> Choice | None:
        """Return the choice with this id."""
        return next((row for row in self.choices if row.id == key), None)


Facts = Annotated[tuple[Fact, ...], Field(max_length=60)]
