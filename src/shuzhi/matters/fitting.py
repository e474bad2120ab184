"""Whether the facts of a step fit: the right answer for this step, votes that add up."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from .facts import FactsError, Given
from .schema import MatterPlan, Transition
from .terms import holds


def check_fit(plan: MatterPlan, row: Transition, known: Mapping[str, Any], given: Given) -> None:
    """Refuse facts that belong to another step, and a vote with more answers than voters.

    `known` are the facts of the matter before the step. Raises `FactsError`.
    """
    facts = {**known, **given.values}
    faults = dict(_faults(plan, row, facts, given))
    if faults:
        raise FactsError(faults, {key: str(fact.label) for key, fact in plan.facts.items()})


def _faults(
    plan: MatterPlan, row: Transition, facts: Mapping[str, Any], given: Given
) -> Iterator[tuple[str, str]]:
    if row.when and row.when.field in given.values and not holds(row.when, facts):
        choice = plan.facts[row.when.field].choice(str(facts[row.when.field]))
        words = {"answer": choice.label if choice else facts[row.when.field], "step": row.label}
        yield row.when.field, _("选了“%(answer)s”，就不能办“%(step)s”，请换一步") % words
    whole, *parts = (plan.satisfaction and plan.satisfaction.figures) or ("",)
    if whole in given.values:
        answers = sum(facts.get(part, 0) for part in parts)
        if answers > facts[whole]:
            words = {"answers": answers, "whole": facts[whole]}
            yield whole, _("各项合计 %(answers)s 人，多于 %(whole)s 人") % words
