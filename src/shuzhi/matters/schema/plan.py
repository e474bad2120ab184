"""The whole body, and how its parts are looked up."""

from collections.abc import Mapping
from functools import cached_property

from pydantic import Field

from shuzhi.kernel.content import Frozen

from .deadlines import Deadline
from .facts import Fact, Facts
from .measures import Measures, Satisfaction
from .parties import Party, PartyIs
from .steps import Likeness, Opening, Split, State, StateKind, Transition
from .words import Text, Words


class MatterPlan(Frozen):
    """A kind of matter. `checks.faults_of` says what only the whole shows.

    `words` is what users call one (交办单). `number`: the word before 〔2026〕12号, if people
    cite it by number. `subject` names the line that says what is owed (the matter's title).
    """

    words: Words
    subject: Words
    number: Text | None = None
    fields: Facts = ()
    parties: tuple[Party, ...] = Field(min_length=1)
    states: tuple[State, ...] = Field(min_length=2)
    opens: Opening
    transitions: tuple[Transition, ...] = Field(min_length=1)
    deadlines: tuple[Deadline, ...] = ()
    split: Split | None = None
    similar_to: Likeness | None = None
    satisfaction: Satisfaction | None = None
    measures: Measures

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """Return the facts by id."""
        return {row.id: row for row in self.fields}

    @cached_property
    def ageless(self) -> Mapping[str, Fact]:
        """Return the facts as an old ledger may give them: no date is measured by today."""
        return {row.id: row.model_copy(update={"future": False}) for row in self.fields}

    @cached_property
    def by_party(self) -> Mapping[str, Party]:
        """Return the parties by id."""
        return {row.id: row for row in self.parties}

    @cached_property
    def by_state(self) -> Mapping[str, State]:
        """Return the states by id."""
        return {row.id: row for row in self.states}

    @cached_property
    def by_step(self) -> Mapping[str, Transition]:
        """Return the transitions by id."""
        return {row.id: row for row in self.transitions}

    @cached_property
    def by_deadline(self) -> Mapping[str, Deadline]:
        """Return the deadlines by id."""
        return {row.id: row for row in self.deadlines}

    @cached_property
    def doers(self) -> frozenset[str]:
        """Return the parties that do the work: those whose turn an open state is."""
        return frozenset(
            row.waits_for for row in self.states if row.kind is StateKind.OPEN and row.waits_for
        )

    def apart(self, one: str, other: str) -> bool:
        """Tell whether two parties must be different people."""
        return other in self.by_party[one].not_ or one in self.by_party[other].not_

    @cached_property
    def about(self) -> Party:
        """Return the party whose unit the matter is about."""
        return next(row for row in self.parties if row.is_ is PartyIs.UNIT)

    @cached_property
    def named(self) -> tuple[Party, ...]:
        """Return the parties that are named when one is opened, not by a later step."""
        later = {name for row in self.transitions for name in row.assigns}
        given = [row for row in self.parties if row.is_ is PartyIs.GIVEN]
        return tuple(row for row in given if row.id not in later)

    @cached_property
    def counted(self) -> frozenset[str]:
        """Return the facts that measures ask for; they stand in typed cells as well."""
        counts = [c for row in self.measures.extra for c in (row.count, row.of) if c]
        fields = {count.field for count in counts if count.field}
        if asked := self.satisfaction:
            fields |= {asked.field} if asked.field else {*asked.figures}
        return frozenset(fields)
