"""Mark a text that merely repeats another: the circular it answers, or a neighbour's answer."""

from collections.abc import Iterator, Mapping
from typing import Any

from shuzhi.engine.similarity import repetition

from .models import Matter
from .schema import MatterPlan

MOST_OTHERS = 200  # neighbours compared with, the latest first


def marks_of(plan: MatterPlan, matter: Matter, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what the newly given text repeats: [{"fact", "of", "percent"}], the most first."""
    rule = plan.similar_to
    text = values.get(rule.field) if rule else None
    if rule is None or not text:
        return []
    found: list[dict[str, Any]] = [
        {"fact": rule.field, "of": of, "percent": percent}
        for of, other in _others(plan, matter)
        if (percent := repetition(text, other).percent) >= rule.from_
    ]
    return sorted(found, key=lambda mark: -mark["percent"])[:5]


def _others(plan: MatterPlan, matter: Matter) -> Iterator[tuple[str, str]]:
    rule = plan.similar_to
    if rule is None:
        return
    if rule.with_ and matter.facts.get(rule.with_):
        yield rule.with_, matter.facts[rule.with_]
    if rule.others and matter.dispatch:
        rows = Matter.objects.filter(dispatch=matter.dispatch).exclude(pk=matter.pk)
        for other in rows.order_by("-changed_at")[:MOST_OTHERS]:
            if said := other.facts.get(rule.field):
                yield other.public_id, said
