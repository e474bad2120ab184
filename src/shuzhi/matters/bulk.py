"""The same step for several matters: each on its own, so that one refusal holds up no other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shuzhi.kernel.access import Actor
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.workflow import available

from .mechanism import mechanism_of
from .models import Matter
from .schema import Transition
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


def take_together(matters: Sequence[Matter], form: "StepForm", actor: Actor) -> Outcome:
    """Take the form's step with each matter."""
    taken, refused = [], []
    facts, parties = form.raw(form.cleaned_data), form.parties(form.cleaned_data)
    for matter in matters:
        try:
            step = form.row.id
            take_step(actor=actor, matter=matter, step=step, facts=facts, parties=parties)
        except RefusedError as error:
            refused.append((matter, str(error.message)))
        else:
            taken.append(matter)
    return Outcome(tuple(taken), tuple(refused))
