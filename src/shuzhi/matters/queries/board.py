"""A board of one kind: a column a state, the most urgent first."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from shuzhi.matters.models import Matter
from shuzhi.matters.schema import MatterPlan

from .listing import with_left, with_names

SHOWN = 12  # cards of a column; the rest is a link away


@dataclass(frozen=True)
class Lane:
    """A state with its most urgent matters, and how many there are."""

    key: str
    label: str
    kind: str
    count: int
    cards: tuple[Matter, ...]

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


def lanes(rows: QuerySet[Matter], plan: MatterPlan) -> list[Lane]:
    """Return a lane for each state of the latest version; older versions join by the same key."""
    order: Any = Window(
        RowNumber(), partition_by=F("state__key"), order_by=(F("due").asc(nulls_last=True), "pk")
    )
    counted = rows.order_by().values("state__key").annotate(n=Count("pk"))
    counts = {row["state__key"]: row["n"] for row in counted}
    first = rows.annotate(place=order).filter(place__lte=SHOWN).values("pk")
    held: dict[str, list[Matter]] = {}
    shown = Matter.objects.filter(pk__in=list(first.values_list("pk", flat=True)))
    for row in with_left(with_names(shown)):
        held.setdefault(row.state.key, []).append(row)
    return [
        Lane(
            state.id,
            str(state.label),
            state.kind,
            counts.get(state.id, 0),
            tuple(held.get(state.id, ())),
        )
        for state in plan.states
        if counts.get(state.id) or not state.final
    ]
