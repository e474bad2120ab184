"""Where a matter may stand, how it begins, and the steps that move it."""

from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from shuzhi.kernel.content import Frozen

from .words import Key, Text, Words


class StateKind(StrEnum):
    """What standing there means; deadlines run in open and waiting states only."""

    OPEN = "open"  # somebody works on it
    WAITING = "waiting"  # somebody has to look at it
    PAUSED = "paused"  # nobody is to blame: the clock stands still
    DONE = "done"  # final, counted as done
    FAILED = "failed"  # final, counted, but not as done: a promise that was not kept
    DROPPED = "dropped"  # final, not counted


FINAL = frozenset({StateKind.DONE, StateKind.FAILED, StateKind.DROPPED})


class State(Frozen):
    """Where a matter stands, and whose turn it is there."""

    id: Key
    label: Words
    kind: StateKind
    waits_for: Key | None = None  # the party that has to act; needed unless final
    unseen_by: Key | None = None  # a party that does not see the matter yet (unannounced visit)

    @property
    def final(self) -> bool:
        return self.kind in FINAL


class When(Frozen):
    """A condition on a choice or yes/no fact given so far: it is one of these values."""

    field: Key
    is_: tuple[Key | bool, ...] = Field(alias="is", min_length=1)


class Opening(Frozen):
    """How a matter begins: who opens it, in which state, with which facts.

    Openers act for one of the parties `by` and need the permission to open for the unit;
    `anybody`: any person with an account may, for the own unit and those above it.
    """

    by: tuple[Key, ...] = Field(min_length=1)
    state: Key
    needs: tuple[Key, ...] = ()
    offers: tuple[Key, ...] = ()
    anybody: bool = False


class FollowUp(Frozen):
    """Open further matters with this step: one for each row of the list `each`, or just one.

    `title` names a column of the list (or a text fact). `unit` names a party or a unit fact: the
    unit that the new matter is about. `facts` fills the new matter's facts from columns of the
    row, or from this matter's facts. `when` keeps rows whose column has one of these values.
    """

    mechanism: Text
    each: Key | None = None
    when: When | None = None
    title: Key
    unit: Key
    facts: dict[Key, Key] = {}
    parties: dict[Key, Key] = {}  # the new matter's party -> a party of this one


class Transition(Frozen):
    """A legal step.

    `by`: parties who may take it; none: it is taken by itself (see `Split.then`).
    `needs`/`offers`: facts that must / may come with it.
    `assigns`: given parties that are named (or replaced) by it. `claims`: whoever takes the step
    becomes this given party: the very person, or the own unit.
    `moves_to`: from now on the matter stands with that party's unit.
    `not_by_who_did`: whoever took one of these steps in this matter may not take this one.
    `again`: opens a new round (re-inspection failed, reopened).
    A step from a final state to one that is not reopens the matter: it must need a reason.
    """

    id: Key
    label: Words
    from_: tuple[Key, ...] = Field(alias="from", min_length=1)
    to: Key
    by: tuple[Key, ...]
    needs: tuple[Key, ...] = ()
    offers: tuple[Key, ...] = ()
    not_by_who_did: tuple[Key, ...] = ()
    assigns: tuple[Key, ...] = ()
    claims: Key | None = None
    moves_to: Key | None = None
    again: bool = False
    when: When | None = None
    opens: tuple[FollowUp, ...] = ()
    help: Words | None = None


class Split(Frozen):
    """One matter shared out to several owners: a part each, done when all parts are.

    `by` may split while the matter stands in one of the states `in`; each part is a matter of its
    own with another `party`, opened like the whole and carrying its facts. When the last part
    has ended, the step `then` is taken by itself: it may need no facts.
    """

    by: tuple[Key, ...] = Field(min_length=1)
    party: Key
    in_: tuple[Key, ...] = Field(alias="in", min_length=1)
    then: Key


class Likeness(Frozen):
    """Mark a text that merely repeats another: from `from` percent of it on.

    `field` is compared with the text fact `with` (the circular) and, if `others`, with what other
    units answered to the same dispatch.
    """

    field: Key
    with_: Key | None = Field(default=None, alias="with")
    others: bool = False
    from_: Decimal = Field(default=Decimal(70), alias="from", gt=0, le=100)
