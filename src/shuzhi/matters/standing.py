"""Whose turn it is: for which parties somebody acts, and what they did before."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from shuzhi.kernel.access import Actor, Permission, allows

from .models import Matter, MatterParty, MatterStep
from .schema import MatterPlan, PartyKind

ACT = Permission.MATTER_ACT


def acts_for(actor: Actor, row: MatterParty) -> bool:
    """Tell whether `actor` may act for this unit, or is this person."""
    if row.person_id is not None:
        return row.person_id == actor.person_id
    return row.unit is not None and allows(actor, ACT, row.unit)


@dataclass(frozen=True)
class Standing:
    """Where an actor stands in a matter: parties they act for now, or have acted for, and steps.

    `shares`: the same of the parts that it is shared out into. They give no right to act in the
    whole, but whoever works on a part does not judge the whole.
    """

    now: frozenset[str]
    past: frozenset[str]
    steps: frozenset[str]
    system: bool
    shares: "Standing | None" = None

    def party_of(self, plan: MatterPlan, parties: Iterable[str]) -> str | None:
        """Return the first of `parties` for which the actor may act here, or None.

        Whoever acts or has acted for a party may not act for one that must differ from it. A
        person is that person whatever unit they could act for: what counts then is what they did,
        unless they are named to judge the work of that very unit.
        """
        for name in parties:
            if name in self.now and not self._conflicts(plan, name):
                return name
        return None

    def _conflicts(self, plan: MatterPlan, name: str) -> bool:
        party = plan.by_party[name]
        judged = plan.doers & {*party.not_} if party.kind is PartyKind.PERSON else self.now
        others = self.past | (self.now & judged)
        apart = any(plan.apart(name, other) for other in others - {name})
        return apart or (self.shares is not None and self.shares._conflicts(plan, name))


def standing(matter: Matter, actor: Actor) -> Standing:
    """Return where `actor` stands in `matter`; two queries, once for each object read.

    Where it is shared out, two more for all its parts.
    """
    known: dict[Any, Standing] = matter.__dict__.setdefault("standings", {})
    key = (actor.account_id, actor.person_id)
    if key not in known:
        rows = matter.parties.select_related("unit")
        done = matter.story.filter(account=actor.account_id).values_list("party", "step")
        known[key] = _standing(actor, rows, done, _shares([matter], actor).get(matter.pk))
    return known[key]


def read_standings(matters: Iterable[Matter], actor: Actor) -> None:
    """Read where `actor` stands in each of them, parties having been read with them.

    One query, and two more if any is shared out.
    """
    rows = {matter.pk: matter for matter in matters}
    done: dict[int, list[tuple[str, str]]] = {}
    story = MatterStep.objects.filter(matter__in=list(rows), account=actor.account_id).order_by()
    for pk, party, step in story.values_list("matter", "party", "step"):
        done.setdefault(pk, []).append((party, step))
    shares = _shares(rows.values(), actor)
    for pk, matter in rows.items():
        known: dict[Any, Standing] = matter.__dict__.setdefault("standings", {})
        key = (actor.account_id, actor.person_id)
        known[key] = _standing(actor, matter.parties.all(), done.get(pk, ()), shares.get(pk))


def _shares(matters: Iterable[Matter], actor: Actor) -> dict[int, Standing]:
    """Return where `actor` stands in the parts of those that are shared out, by the whole."""
    wholes = [matter.pk for matter in matters if matter.split]
    if not wholes or actor.account_id is None:
        return {}
    sides: dict[int, list[MatterParty]] = {pk: [] for pk in wholes}
    parts = MatterParty.objects.filter(matter__parent__in=wholes).select_related("unit")
    for row in parts.annotate(whole=F("matter__parent")):
        sides[row.whole].append(row)
    done: dict[int | None, list[tuple[str, str]]] = {pk: [] for pk in wholes}
    story = MatterStep.objects.filter(matter__parent__in=wholes, account=actor.account_id)
    for pk, party, step in story.order_by().values_list("matter__parent", "party", "step"):
        done[pk].append((party, step))
    return {pk: _standing(actor, sides[pk], done[pk]) for pk in wholes}


def _standing(
    actor: Actor,
    rows: Iterable[MatterParty],
    done: Iterable[tuple[str, str]],
    shares: Standing | None = None,
) -> Standing:
    """Return the standing; for the system nothing is read."""
    if actor.account_id is None:
        return Standing(frozenset(), frozenset(), frozenset(), system=True)
    taken = list(done)
    return Standing(
        frozenset(row.party for row in rows if acts_for(actor, row)),
        frozenset(party for party, _step in taken if party),
        frozenset(step for _party, step in taken if step),
        system=False,
        shares=shares,
    )
