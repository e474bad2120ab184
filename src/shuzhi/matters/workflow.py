"""The table of a mechanism's steps, in the kernel's terms: whose turn, from where, what next."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor
from shuzhi.kernel.errors import StateError
from shuzhi.kernel.workflow import Transition as Step
from shuzhi.kernel.workflow import Workflow

from .models import Matter
from .moving import moved
from .schema import MatterPlan, Transition
from .standing import standing
from .terms import holds

EVENT = "matter.step"


def acting_party(plan: MatterPlan, row: Transition, matter: Matter, actor: Actor) -> str | None:
    """Return the party for which `actor` may take the step now, "" for the system, or None."""
    where = standing(matter, actor)
    if where.system:
        return ""
    if where.steps & set(row.not_by_who_did):
        return None
    return where.party_of(plan, row.by)


def _may(plan: MatterPlan, row: Transition, matter: Matter, actor: Actor) -> bool:
    return acting_party(plan, row, matter, actor) is not None


def _open_to(row: Transition, matter: Matter) -> bool:
    """Tell whether the facts known so far allow the step; one that it asks for may yet do so."""
    asked = {*row.needs, *row.offers}
    return holds(row.when, matter.facts) or (row.when is not None and row.when.field in asked)


def _no_open_parts(matter: Matter, _actor: Actor, _facts: Mapping[str, Any]) -> None:
    if matter.split and (left := matter.parts.filter(closed_on=None).count()):
        raise StateError(_("还有 %(n)d 个分办部分没有办结。") % {"n": left})


def _step(reference: str, plan: MatterPlan, row: Transition) -> Step:
    ends = plan.by_state[row.to].final
    return Step(
        name=row.id,
        label=str(row.label.zh),
        sources=frozenset(f"{reference}:{name}" for name in row.from_),
        target=f"{reference}:{row.to}",
        permission=partial(_may, plan, row),
        condition=partial(_open_to, row),
        guards=(_no_open_parts,) if ends else (),
        records=("facts", "personal", "parties", "files"),
        effects=(partial(moved, plan, row),),
    )


def workflow_of(reference: str, plan: MatterPlan) -> Workflow:
    """Return the kernel's table of a mechanism's steps."""
    steps = tuple(_step(reference, plan, row) for row in plan.transitions)
    return Workflow(EVENT, steps, state_field="state_id", one_kind=True)
