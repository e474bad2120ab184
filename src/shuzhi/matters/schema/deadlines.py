"""Until when: terms in working or calendar days, dates that somebody gives, extensions."""

from typing import Literal, Self

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from shuzhi.kernel.content import Frozen

from .steps import When
from .words import Days, Key, Words

Unit = Literal["working", "calendar"]


class Start(Frozen):
    """A term begins on the day on which a state is entered, or on the date that a fact gives."""

    state: Key | None = None
    field: Key | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.state is None) == (self.field is None):
            raise ValueError(_("state 与 field 须且只能写一个"))
        return self


class Extension(Frozen):
    """More time, asked for with a reason and granted by somebody else; counted and limited."""

    most: int = Field(default=1, ge=1, le=9)
    days: Days = Field(ge=1)  # at most so many at a time, in the deadline's own unit
    asked_by: tuple[Key, ...] = Field(min_length=1)
    approved_by: tuple[Key, ...] = Field(min_length=1)


class Deadline(Frozen):
    """A term: `days` after its start, or on the date that the fact `field` gives.

    A given date must lie `minimum` to `maximum` days after the start. Entering a state of `ends`
    meets the term; entering its start state again (a new round) begins it anew, and so does each
    step of `renewed_by` (a lasting matter looked at again). `remind`: so many
    days before it ends the digest names it. After `grace` days overdue the level above is told
    when `escalate` says so. `when`: applies only if a choice fact has one of these values.
    """

    id: Key
    label: Words
    starts: Start
    days: Days | None = None
    field: Key | None = None
    minimum: Days = 0
    maximum: Days = 3660
    unit: Unit = "calendar"
    ends: tuple[Key, ...] = Field(min_length=1)
    renewed_by: tuple[Key, ...] = ()
    when: When | None = None
    remind: tuple[Days, ...] = (3,)
    grace: Days = 3
    escalate: bool = True
    extension: Extension | None = None
