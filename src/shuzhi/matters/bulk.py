"""The same for several matters: a step or pressing each on its own, another owner all or none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shuzhi.kernel.access import Actor
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.workflow import available

from .mechanism import mechanism_of
from .models import Matter
from .rights import rights
from .schema import Party, Transition
from .services import take_step

if TYPE_CHECKING:
    from .forms import StepForm


@dataclass(frozen=True)
class Outcome:
    """Those with which it worked, and why not with the others."""

    taken: tuple[Matter, ...]
    refused: tuple[tuple[Matter, str], ...]


def common_steps(matters: Sequence[Matter], actor: Actor) -> list[Transition]:
    """Return the steps that `actor` may take now with every one; only one version has them all."""
    if len({matter.reference for matter in matters}) != 1:
        return []
    mechanism = mechanism_of(matters[0].reference)
    sets = [{step.name for step in available(mechanism.flow, one, actor)} for one in matters]
    shared = set.intersection(*sets)
    return [row for row in mechanism.plan.transitions if row.id in shared]


def common_parties(matters: Sequence[Matter], actor: Actor) -> list[Party]:
    """Return the parties in whose place `actor` may put another in every one; of one kind only."""
    if len({matter.mechanism for matter in matters}) != 1:
        return []
    shared = set.intersection(*(set(rights(one, actor)["replaceable"]) for one in matters))
    return [row for row in mechanism_of(matters[0].reference).plan.parties if row.id in shared]


def take_together(matters: Sequence[Matter], form: "StepForm", actor: Actor) -> Outcome:
    """Take the form's step with each matter."""
    facts, parties = form.raw(form.cleaned_data), form.parties(form.cleaned_data)
    step = form.row.id
    return each(
        matters,
        lambda one: take_step(actor=actor, matter=one, step=step, facts=facts, parties=parties),
    )


def each(matters: Sequence[Matter], act: Callable[[Matter], object]) -> Outcome:
    """Do it with each; a refusal holds up no other."""
    taken, refused = [], []
    for matter in matters:
        try:
            act(matter)
        except RefusedError as error:
            refused.append((matter, str(error.message)))
        else:
            taken.append(matter)
    return Outcome(tuple(taken), tuple(refused))
