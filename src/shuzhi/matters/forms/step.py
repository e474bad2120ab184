"""What one step asks for."""

from typing import Any

from shuzhi.matters.mechanism import Mechanism
from shuzhi.matters.schema import Transition

from .facts import FactsForm
from .naming import Around


class StepForm(FactsForm):
    """The facts of a step, and whom it assigns."""

    def __init__(
        self, mechanism: Mechanism, row: Transition, around: Around, *args: Any, **kwargs: Any
    ) -> None:
        plan = mechanism.plan
        named = [plan.by_party[key] for key in row.assigns]
        super().__init__(
            plan, around, *args, needs=row.needs, offers=row.offers, named=named, **kwargs
        )
        self.row = row
