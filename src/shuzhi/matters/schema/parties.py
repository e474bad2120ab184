"""Who takes part in a matter, and how it is known who that is."""

from enum import StrEnum

from pydantic import Field

from shuzhi.kernel.content import Frozen

from .words import Key, Words


class PartyKind(StrEnum):
    """A unit acts through whoever may act for it; a person acts alone."""

    UNIT = "unit"
    PERSON = "person"


class PartyIs(StrEnum):
    """Where a party comes from when the matter is opened."""

    UNIT = "unit"  # the unit that the matter is about: it stands, and is counted, there
    OPENER = "opener"  # whoever opens it: their own unit, or (kind person) the very person
    ABOVE = "above"  # the unit directly above the party named by `of`
    GIVEN = "given"  # chosen at the opening or by a step that `assigns` it


class Party(Frozen):
    """A side of the matter, such as owner and inspector.

    `many`: several may stand side by side (co-owners); the first named leads. `not`: must be
    another unit or person than these parties, and nobody who acts or has acted for one of them
    may act for this one, through whatever role. `named_by`: the unit or person fact that names a
    given party when a step assigns it: known before, but no party to the matter yet.
    """

    id: Key
    label: Words
    kind: PartyKind = PartyKind.UNIT
    is_: PartyIs = Field(alias="is")
    of: Key | None = None
    many: bool = False
    optional: bool = False  # given: the matter may be opened without
    named_by: Key | None = None
    not_: tuple[Key, ...] = Field(default=(), alias="not")
