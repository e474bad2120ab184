"""The facts of a step or an opening, all faults at once, each beside its field."""

from collections.abc import Iterable
from typing import Any

from django import forms

from shuzhi.matters.facts import EMPTY, FactsError, read_facts
from shuzhi.matters.schema import MatterPlan, Party

from .building import field_for
from .naming import Around, those_of

PARTY = "party-"


class FactsForm(forms.Form):
    """Asks for `needs`, offers `offers`, and asks whom the parties `named` are to be."""

    def __init__(
        self,
        plan: MatterPlan,
        around: Around,
        *args: Any,
        needs: Iterable[str] = (),
        offers: Iterable[str] = (),
        named: Iterable[Party] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.plan, self.needs, self.offers = plan, tuple(needs), tuple(offers)
        for key in (*self.needs, *self.offers):
            self.fields[key] = field_for(plan.facts[key], around, required=key in self.needs)
        self.named = tuple(named)
        for party in self.named:
            self.fields[PARTY + party.id] = those_of(party, around, required=not party.optional)

    def raw(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return the facts as verbs take them, those left empty out."""
        known = (*self.needs, *self.offers)
        return {key: data[key] for key in known if data.get(key) not in EMPTY}

    def parties(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return the parties that were named, by id."""
        given = {party.id: data.get(PARTY + party.id) for party in self.named}
        return {key: side for key, side in given.items() if side}

    def clean(self) -> dict[str, Any]:
        """Let the mechanism say what is wrong with what could be read."""
        data = super().clean() or {}
        try:
            read_facts(self.plan, self.needs, self.offers, self.raw(data))
        except FactsError as error:
            for key, words in error.faults.items():
                if key not in self.errors:
                    self.add_error(key, words)
        return data
