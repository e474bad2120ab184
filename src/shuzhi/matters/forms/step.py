"""What one step asks for."""

from collections.abc import Mapping
from typing import Any

from shuzhi.matters.mechanism import Mechanism
from shuzhi.matters.schema import Fact, FactType, Transition

from .facts import FactsForm
from .naming import Around

NAMED = {FactType.UNIT, FactType.PERSON}


class StepForm(FactsForm):
    """The facts of a step, and whom it assigns.

    Lists begin as the matter knows them (`known`): what was typed once is mended, not typed again.
    """

    def __init__(
        self,
        mechanism: Mechanism,
        row: Transition,
        around: Around,
        *args: Any,
        known: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        plan = mechanism.plan
        named = [plan.by_party[key] for key in row.assigns]
        super().__init__(
            plan, around, *args, needs=row.needs, offers=row.offers, named=named, **kwargs
        )
        self.row = row
        for key in (*row.needs, *row.offers):
            self.fields[key].initial = _begun(plan.facts[key], known or {})


def _begun(fact: Fact, known: Mapping[str, Any]) -> list[dict[str, Any]] | None:
    """Return the rows with which a list begins; names are typed anew, their cells hold ids."""
    rows = known.get(fact.id) or known.get(fact.begins_as or "")
    if fact.type is not FactType.LIST or not rows:
        return None
    plain = {one.id for one in fact.columns if one.type not in NAMED}
    return [{key: value for key, value in row.items() if key in plain} for row in rows]
