"""What is counted of a kind of matter.

By itself every kind gets, under its `prefix`: total, done, done_rate, overdue, on_time_rate and
reopened_rate. Rates are percentages with two places; what was dropped is not counted at all.
"""

from typing import Annotated

from pydantic import Field, StringConstraints

from .steps import StateKind
from .words import Key, Part, Words

Prefix = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$")]


class Count(Part):
    """Which matters count: all that is named must hold.

    `state`/`kind`: stands there now. `step`: this step has been taken at least once.
    `field`+`is`: the fact has one of these values now. `on_time`: met this deadline in time.
    """

    state: tuple[Key, ...] = ()
    kind: tuple[StateKind, ...] = ()
    step: tuple[Key, ...] = ()
    field: Key | None = None
    is_: tuple[Key | bool, ...] = Field(default=(), alias="is")
    on_time: Key | None = None


class ExtraMeasure(Part):
    """`count` alone is a number; with `of` it is their share in percent."""

    id: Key
    label: Words
    count: Count
    of: Count | None = None


class Satisfaction(Part):
    """The choice that says how content somebody was; gives `satisfaction_rate` of the answers."""

    field: Key
    satisfied: tuple[Key, ...] = Field(min_length=1)


class Measures(Part):
    """The prefix of the names, and what is counted beside the usual six."""

    prefix: Prefix
    extra: tuple[ExtraMeasure, ...] = ()
