"""What is counted of a kind of matter.

By itself every kind gets, under its `prefix`: total, done, done_rate, overdue, on_time_rate and
reopened_rate. Rates are percentages with two places; what was dropped is not counted at all.
"""

from typing import Annotated, Self

from django.utils.translation import gettext as _
from pydantic import Field, StringConstraints, model_validator

from shuzhi.kernel.content import Frozen

from .steps import StateKind
from .words import Key, Words

Prefix = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$")]


class Count(Frozen):
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


class ExtraMeasure(Frozen):
    """`count` alone is a number; with `of` it is their share in percent."""

    id: Key
    label: Words
    count: Count
    of: Count | None = None


class Satisfaction(Frozen):
    """How content people were; gives `satisfaction_rate`, the satisfied among those who answered.

    Either one person's answer, the choice `field` with its `satisfied` values; or the figures of a
    vote held elsewhere: `of` is the number fact that says how many voted, `satisfied` and
    `dissatisfied` the number facts that are added up. Together these never exceed `of`.
    """

    field: Key | None = None
    of: Key | None = None
    satisfied: tuple[Key, ...] = Field(min_length=1)
    dissatisfied: tuple[Key, ...] = ()

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.field is None) == (self.of is None):
            raise ValueError(_("field 与 of 须且只能写一个"))
        return self

    @property
    def figures(self) -> tuple[Key, ...]:
        """Return the number facts of a vote, the whole first; nothing for a single answer."""
        return (self.of, *self.satisfied, *self.dissatisfied) if self.of else ()


class Measures(Frozen):
    """The prefix of the names, and what is counted beside the usual six.

    `since`: only matters in which this step has been taken count at all; a draft is no promise.
    """

    prefix: Prefix
    since: Key | None = None
    extra: tuple[ExtraMeasure, ...] = ()
