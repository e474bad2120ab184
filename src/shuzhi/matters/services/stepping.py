"""Take a step: the one door through which a matter moves."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.workflow import perform
from shuzhi.kernel.writes import verb
from shuzhi.matters.facts import Given, personal_parted, read_facts
from shuzhi.matters.files import digests
from shuzhi.matters.fitting import check_fit
from shuzhi.matters.mechanism import Mechanism, mechanism_of
from shuzhi.matters.models import Matter
from shuzhi.matters.schema import PartyKind, Transition
from shuzhi.matters.sides import Named, as_list, check_apart, check_kind, raised
from shuzhi.registry.queries import home_of, person_by_public_id, person_of, unit_by_code

from .carrying import keep_going


@verb
def take_step(
    *,
    actor: Actor,
    matter: Matter,
    step: str,
    facts: Mapping[str, Any] | None = None,
    parties: Named | None = None,
) -> Matter:
    """Take the step with this id, giving its facts; `parties` names whom it assigns.

    Raises `StateError` when somebody was first, `ForbiddenError` when it is not the actor's turn,
    `FactsError` for facts missing, unknown or out of limits; then nothing has changed.
    """
    mechanism = mechanism_of(matter.reference)
    row = mechanism.plan.by_step.get(step)
    if row is None:
        raise RefusedError(_("这类事项没有“%(step)s”这一步。") % {"step": step})
    keep_going(matter)
    given = read_facts(mechanism.plan, row.needs, row.offers, facts or {})
    check_fit(mechanism.plan, row, matter.facts, given)
    named = _claimed(mechanism, row, actor) | _known(mechanism, row, matter, given)
    sides = _sides(mechanism, row, matter, named | dict(parties or {}))
    return perform(
        mechanism.flow,
        matter,
        step,
        actor=actor,
        given=given,
        sides=sides,
        **_recorded(mechanism, given, sides),
    )


def _sides(
    mechanism: Mechanism, row: Transition, matter: Matter, named: Named
) -> dict[str, list[Any]]:
    """Return whom the step assigns: those it names, no others, apart from whom they must be."""
    plan = mechanism.plan
    for name in named:
        if name not in row.assigns and name != row.claims:
            raise RefusedError(_("这一步不能指定“%(party)s”。") % {"party": name})
    expected = [*row.assigns, *([row.claims] if row.claims else [])]
    sides = {name: as_list(named.get(name)) for name in expected}
    standing = {party.party for party in matter.parties.all()} if expected else set()
    for name, held in sides.items():
        check_kind(plan.by_party[name], held)
        if not held and name not in standing and not plan.by_party[name].optional:
            raise RefusedError(_("请确定“%(party)s”。") % {"party": plan.by_party[name].label})
    sides = {name: held for name, held in sides.items() if held}
    sides |= raised(plan, sides)
    if sides:
        rows = matter.parties.exclude(party__in=list(sides)).select_related("unit", "person")
        others: dict[str, list[Any]] = {}
        for other in rows:
            others.setdefault(other.party, []).append(other.unit or other.person)
        check_apart(plan, others | sides)
    return sides


def _claimed(mechanism: Mechanism, row: Transition, actor: Actor) -> dict[str, Any]:
    """Return whoever takes a step that claims a party: the very person, or the own unit."""
    if row.claims is None:
        return {}
    is_person = mechanism.plan.by_party[row.claims].kind is PartyKind.PERSON
    return {row.claims: person_of(actor) if is_person else home_of(actor)}


def _known(mechanism: Mechanism, row: Transition, matter: Matter, given: Given) -> dict[str, Any]:
    """Return those whom a fact has named and the step now makes a party."""
    facts = {**matter.facts, **given.values}
    find = {PartyKind.UNIT: unit_by_code, PartyKind.PERSON: person_by_public_id}
    parties = [mechanism.plan.by_party[name] for name in row.assigns]
    return {
        party.id: find[party.kind](facts[party.named_by])
        for party in parties
        if party.named_by and facts.get(party.named_by)
    }


def _recorded(mechanism: Mechanism, given: Given, sides: Mapping[str, list[Any]]) -> dict[str, Any]:
    """Return what the audit event says; what names somebody stands aside."""
    shown, hidden = personal_parted(mechanism.plan, given.values)
    found: dict[str, Any] = {"facts": shown, "files": digests(given.uploads)}
    if sides:
        found["parties"] = {name: [one.public_id for one in held] for name, held in sides.items()}
    return found | ({"personal": hidden} if hidden else {})
