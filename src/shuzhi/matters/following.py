"""What follows from a step: matters opened for its findings, a whole done with its parts."""

from collections.abc import Iterator, Mapping
from typing import Any

from shuzhi.kernel.access import SYSTEM, Actor
from shuzhi.registry.queries import unit_by_code

from .enums import StateKind
from .limits import TITLE
from .mechanism import mechanism_of
from .models import Matter
from .schema import FollowUp, Transition
from .terms import holds


def follow(row: Transition, matter: Matter, actor: Actor) -> None:
    """Open what the step opens; end the whole when its last part has ended."""
    for rule in row.opens:
        _open(rule, matter, actor)
    if matter.ended and matter.parent is not None:
        _end_whole(matter.parent)


def _rows(rule: FollowUp, matter: Matter) -> Iterator[Mapping[str, Any]]:
    listed = matter.facts.get(rule.each, []) if rule.each else [{}]
    for row in listed:
        known = matter.facts | row
        if holds(rule.when, known):
            yield known


def _unit(rule: FollowUp, matter: Matter, known: Mapping[str, Any]) -> Any:
    party = matter.parties.filter(party=rule.unit).select_related("unit__parent").first()
    return party.unit if party else unit_by_code(str(known.get(rule.unit, "")))


def _open(rule: FollowUp, matter: Matter, actor: Actor) -> None:
    from .services.opening import open_following

    sides = {
        theirs: [row.unit or row.person for row in matter.parties.filter(party=ours)]
        for theirs, ours in rule.parties.items()
    }
    for known in _rows(rule, matter):
        unit = _unit(rule, matter, known)
        if unit is None:
            continue
        open_following(
            actor=actor,
            mechanism=rule.mechanism,
            unit=unit,
            title=str(known.get(rule.title, ""))[:TITLE],
            facts={theirs: known[ours] for theirs, ours in rule.facts.items() if ours in known},
            parties=sides,
            origin=matter,
        )


def _end_whole(whole: Matter) -> None:
    """Take the step that the mechanism declares once no part is open; some part must be done."""
    from .services.stepping import take_step

    # Of parts that end at the same moment the last must see the others: one after the other here.
    whole = Matter.objects.select_for_update().get(pk=whole.pk)
    split = mechanism_of(whole.reference).plan.split
    open_left = whole.parts.filter(closed_on=None).exists()
    done = whole.parts.filter(state__kind=StateKind.DONE).exists()
    if split and done and not open_left and whole.state_key in split.in_:
        take_step(actor=SYSTEM, matter=whole, step=split.then)
