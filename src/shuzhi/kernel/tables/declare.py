"""What a list declares: columns, what is searched, filters, the first order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
Choices = Sequence[tuple[str, Words]]


class Tone(StrEnum):
    """How a state looks: always a word with a shape; only LATE is red."""

    PLAIN = "plain"
    WAITING = "waiting"
    GOING = "going"
    DONE = "done"
    CALM = "calm"  # there is time
    WARN = "warn"
    LATE = "late"


@dataclass(frozen=True)
class Badge:
    """A state as people read it."""

    word: Words
    tone: Tone = Tone.PLAIN


def badge_of(tones: Mapping[Any, Tone], name: str = "state") -> Callable[[Any], Badge]:
    """Return what shows a row's choice (its state) as word and shape."""

    def badge(row: Any) -> Badge:
        return Badge(getattr(row, f"get_{name}_display")(), tones[getattr(row, name)])

    return badge


@dataclass(frozen=True)
class Column:
    """One column: `value` is an attribute path ("unit.name") or a function of the row.

    `sort` is an ORM ordering ("unit__path"); `badge` maps a row to its state and replaces the
    value on screen; `numeric` aligns right in tabular figures; `whole` stays on one line.
    """

    key: str
    label: Words
    value: str | Callable[[Any], Any] = ""
    sort: str | None = None
    link: Callable[[Any], str | None] | None = None
    numeric: bool = False
    whole: bool = False
    badge: Callable[[Any], Badge | None] | None = None

    def of(self, row: Any) -> Any:
        """Return the value of this column in `row`."""
        if callable(self.value):
            return self.value(row)
        found = row
        for name in (self.value or self.key).split("."):
            found = found.get(name) if isinstance(found, dict) else getattr(found, name, None)
        return found() if callable(found) else found


def state_column(tones: Mapping[Any, Tone]) -> Column:
    """Return the column of a row's state."""
    words = "get_state_display"
    return Column("state", _("状态"), value=words, sort="state", badge=badge_of(tones))


@dataclass(frozen=True)
class Filter:
    """A choice above the list; `lookup` is an ORM lookup or a function (rows, value) -> rows."""

    key: str
    label: Words
    choices: Choices | Callable[[], Choices]
    lookup: str | Callable[[QuerySet[Any], str], QuerySet[Any]] = ""

    def options(self) -> Choices:
        return self.choices() if callable(self.choices) else self.choices

    def apply(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        if callable(self.lookup):
            return self.lookup(rows, value)
        return rows.filter(**{self.lookup or self.key: value})


@dataclass(frozen=True)
class Empty:
    """What an empty list says: what would be here, and the first step to it."""

    text: Words
    action: Words = ""
    url: Callable[[], str] | None = None


@dataclass(frozen=True)
class Table:
    """A list: `name` is unique in the product (remembers widths, names the Excel file)."""

    name: str
    title: Words
    columns: Sequence[Column]
    search: Sequence[str] = ()
    filters: Sequence[Filter] = ()
    default_sort: str = ""  # a column's key, "-key" for descending
    empty: Empty | None = None
    per_page: int = 30
    sortable: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found = {column.key: column for column in self.columns if column.sort}
        object.__setattr__(self, "sortable", found)
