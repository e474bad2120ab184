"""Every pack × state × step × party: what is declared works, everything else changes nothing."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from shuzhi.catalogue.packs import read_packs
from shuzhi.kernel.access import SYSTEM
from shuzhi.kernel.errors import ForbiddenError, RefusedError, StateError
from shuzhi.kernel.models import AuditEvent
from shuzhi.kernel.uploads import FileKind, Received
from shuzhi.matters.mechanism import Mechanism, latest, mechanism_of
from shuzhi.matters.models import Matter, MatterStep
from shuzhi.matters.opening import Birth, Occasion, create
from shuzhi.matters.schema import Fact, FactType, Party, PartyIs, PartyKind, Transition
from shuzhi.matters.services import take_step
from shuzhi.matters.workflow import acting_party
from tests.cast import Cast

PACKS = [pack.envelope.id for pack in read_packs() if pack.envelope.kind == "matter"]
PHOTO = Received("现场.png", b"\x89PNG\r\n\x1a\n", FileKind.PNG)
UNITS = {PartyIs.UNIT: "secretary1", PartyIs.ABOVE: "commissioner", PartyIs.OPENER: "outsider"}
HOMES = {"secretary1": "TOWN-01", "commissioner": "TOWN", "outsider": "OTHER",
         "secretary2": "TOWN-02", "secretary3": "TOWN-03", "organiser": "COUNTY"}  # fmt: skip


def players(mechanism: Mechanism) -> dict[str, str]:
    """Return who plays each party: a part of the cast a party, none playing two."""
    units, people = ["secretary2", "secretary3", "organiser"], ["teller1", "teller2", "desk"]
    found: dict[str, str] = {}
    for party in mechanism.plan.parties:
        if party.kind is PartyKind.PERSON:
            found[party.id] = people.pop(0)
        elif party.is_ in UNITS and UNITS[party.is_] not in found.values():
            found[party.id] = UNITS[party.is_]
        else:
            found[party.id] = units.pop(0)
    return found


def sample(mechanism: Mechanism, fact: Fact, step: Transition, cast: Cast) -> Any:
    """Return a value that the fact accepts at this step."""
    if step.when and step.when.field == fact.id:
        return step.when.is_[0]
    least = [row.minimum for row in mechanism.plan.deadlines if row.field == fact.id]
    days = 0 if fact.past else max(least, default=1)
    listed = fact.type is FactType.LIST
    row = {one.id: sample(mechanism, one, step, cast) for one in fact.columns} if listed else {}
    plain: dict[FactType, Any] = {
        FactType.TEXT: "看" * max(int(fact.min or 0), 6),
        FactType.LONG: "看" * max(int(fact.min or 0), 6),
        FactType.INTEGER: fact.min or 0,
        FactType.DECIMAL: fact.min or 0,
        FactType.DATE: timezone.localdate() + timedelta(days=days),
        FactType.CHOICE: fact.choices[0].id if fact.choices else "",
        FactType.BOOLEAN: True,
        FactType.UNIT: "COUNTY",
        FactType.PERSON: cast.people["county_leader"].public_id,
        FactType.LIST: [row] * max(int(fact.min or 0), 1),
    }
    return plain.get(fact.type, [PHOTO])


def side(cast: Cast, party: Party, played: dict[str, str]) -> Any:
    """Return the person or the unit that stands for a party."""
    player = played[party.id]
    return cast.people[player] if party.kind is PartyKind.PERSON else cast.units[HOMES[player]]


def made(cast: Cast, mechanism: Mechanism, played: dict[str, str]) -> Matter:
    """Return a matter with every party in place, whatever its opening would have named."""
    claimed = {row.claims for row in mechanism.plan.transitions}
    sides = {
        party.id: [side(cast, party, played)]
        for party in mechanism.plan.parties
        if party.id not in claimed
    }
    birth = Birth(cast.units["TOWN-01"], "一件事", sides, {})
    today = timezone.localdate()
    return create(mechanism, [birth], Occasion(SYSTEM, "", None, today, today.year))[0]


def placed(matter: Matter, mechanism: Mechanism, state: str, step: Transition) -> Matter:
    """Return the matter as it stands in `state`, its facts content with the step's condition."""
    facts = {step.when.field: step.when.is_[0]} if step.when else {}
    ended = timezone.localdate() if mechanism.plan.by_state[state].final else None
    code = mechanism.state(state)
    Matter.objects.filter(pk=matter.pk).update(state=code, facts=facts, closed_on=ended)
    matter.refresh_from_db()
    return matter


def declared(
    mechanism: Mechanism, state: str, step: Transition, part: str, played: dict[str, str]
) -> bool:
    """Tell from the file alone whether this part may take the step in this state."""
    mine = {party for party, player in played.items() if player == part}
    claimed = {row.claims for row in mechanism.plan.transitions}
    return state in step.from_ and bool((mine - claimed) & set(step.by))


def attempt(cast: Cast, matter: Matter, step: Transition, part: str, played: dict[str, str]) -> str:
    """Take the step, see where it led, undo it; return the state or the name of the refusal."""
    mechanism = mechanism_of(matter.reference)
    plan, standing = mechanism.plan, {row.party for row in matter.parties.all()}
    facts = {name: sample(mechanism, plan.facts[name], step, cast) for name in step.needs}
    named = set(step.assigns) - standing
    parties = {name: side(cast, plan.by_party[name], played) for name in named}
    found = ""
    try:
        with transaction.atomic():
            take_step(
                actor=cast.actor(part), matter=matter, step=step.id, facts=facts, parties=parties
            )
            found = matter.state_key
            transaction.set_rollback(True)
    except (StateError, ForbiddenError) as refused:
        return type(refused).__name__
    matter.refresh_from_db()
    return found


def tries(mechanism: Mechanism) -> Iterator[tuple[str, Transition]]:
    for state in mechanism.plan.states:
        for step in mechanism.plan.transitions:
            yield state.id, step


@pytest.mark.parametrize("pack", PACKS)
def test_allowed_exactly_when_declared(county: Cast, pack: str) -> None:
    mechanism = latest(pack)
    played = players(mechanism)
    matter = made(county, mechanism, played)
    steps, events = MatterStep.objects.count(), AuditEvent.objects.count()
    for state, step in tries(mechanism):
        placed(matter, mechanism, state, step)
        for part in {*played.values(), "county_leader"}:
            found = attempt(county, matter, step, part, played)
            where = f"{pack}: {part} · {state} · {step.id} → {found}"
            if declared(mechanism, state, step, part, played):
                assert found == step.to, where
            else:
                assert found in {"StateError", "ForbiddenError"}, where
        matter.refresh_from_db()
        assert matter.state_key == state
    assert (MatterStep.objects.count(), AuditEvent.objects.count()) == (steps, events)


@pytest.mark.parametrize("pack", PACKS)
def test_whoever_did_the_work_may_not_judge_it(county: Cast, pack: str) -> None:
    """Give the player of one party the other's post as well: apart stays apart."""
    mechanism = latest(pack)
    played = players(mechanism)
    matter = made(county, mechanism, played)
    for party in mechanism.plan.parties:
        for other in party.not_:
            if party.kind is PartyKind.PERSON or other not in played:
                continue
            actor = county.actor(played[other])
            matter.story.create(kind="step", state="x", party=party.id, account_id=actor.account_id)
            matter.refresh_from_db()
            for step in mechanism.plan.transitions:
                if set(step.by) == {other}:
                    assert acting_party(mechanism.plan, step, matter, actor) is None
            matter.story.filter(state="x").delete()


@pytest.mark.parametrize("pack", PACKS)
def test_a_forged_step_changes_nothing(county: Cast, pack: str) -> None:
    mechanism = latest(pack)
    matter = made(county, mechanism, players(mechanism))
    before = Matter.objects.filter(pk=matter.pk).values().get()
    step = mechanism.plan.transitions[0]
    for name, facts, parties in (
        ("fly", {}, {}),
        (step.id, {"no_such_fact": 1}, {}),
        (step.id, {}, {"no_such_party": county.town}),
    ):
        with pytest.raises(RefusedError):
            take_step(
                actor=county.actor("secretary1"),
                matter=matter, step=name, facts=facts, parties=parties,
            )  # fmt: skip
    assert Matter.objects.filter(pk=matter.pk).values().get() == before
    assert matter.story.count() == 1
