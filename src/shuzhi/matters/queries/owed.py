"""What is owed now, for the top of a page: deadlines, sides, next steps, related matters."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from shuzhi.kernel.access import Actor
from shuzhi.matters.enums import DeadlineState, ExtensionState, StateKind
from shuzhi.matters.mechanism import mechanism_of
from shuzhi.matters.models import Extension, Matter, MatterDeadline
from shuzhi.matters.schema import MatterPlan, Transition
from shuzhi.matters.terms import holds

from .listing import seen, with_names


@dataclass(frozen=True)
class Term:
    """A deadline as the story's top shows it."""

    label: str
    row: MatterDeadline
    asked: Extension | None
    extendable: bool

    @property
    def running(self) -> bool:
        return self.row.state == DeadlineState.RUNNING

    @property
    def moved(self) -> bool:
        return self.row.due_on != self.row.first_due


def terms(matter: Matter) -> list[Term]:
    """Return the latest run of each deadline, those that run now first."""
    plan = mechanism_of(matter.reference).plan
    latest = {row.key: row for row in matter.deadlines.prefetch_related("requests")}
    rows = list(latest.values())
    rows.sort(key=lambda row: (row.state != DeadlineState.RUNNING, row.due_on, row.pk))
    return [_term(plan, row) for row in rows if row.key in plan.by_deadline]


def _term(plan: MatterPlan, row: MatterDeadline) -> Term:
    rule = plan.by_deadline[row.key]
    asked = [one for one in row.requests.all() if one.state == ExtensionState.ASKED]
    limit = rule.extension.most if rule.extension else 0
    free = row.state == DeadlineState.RUNNING and row.extended < limit and not asked
    return Term(str(rule.label), row, asked[0] if asked else None, free)


@dataclass(frozen=True)
class Side:
    """A party with whoever stands there."""

    key: str
    label: str
    names: tuple[str, ...]
    turn: bool


def sides(matter: Matter) -> list[Side]:
    """Return the parties in the mechanism's order; parties have been read with the matter."""
    plan = mechanism_of(matter.reference).plan
    held: dict[str, list[str]] = {}
    for row in matter.parties.all():
        name = row.unit.name if row.unit else str(row.person)
        held.setdefault(row.party, []).append(name)
    turn = "" if matter.ended else matter.state.waits_for
    return [
        Side(party.id, str(party.label), tuple(held[party.id]), party.id == turn)
        for party in plan.parties
        if party.id in held
    ]


def next_steps(matter: Matter) -> list[str]:
    """Return what the party whose turn it is can do as things are, in words."""
    plan = mechanism_of(matter.reference).plan
    here, turn = matter.state_key, matter.state.waits_for
    rows = [row for row in plan.transitions if here in row.from_ and turn in row.by]
    return [str(row.label) for row in rows if holds(row.when, matter.facts)]


def parts(matter: Matter) -> list[Matter]:
    """Return the parts into which the matter has been shared out."""
    return list(with_names(matter.parts.all()).order_by("pk")) if matter.split else []


def main_step(matter: Matter, rows: Iterable[Transition]) -> str:
    """Return the step that the page offers first: forward, by the side whose turn it is."""
    plan = mechanism_of(matter.reference).plan
    for row in rows:
        forward = row.to != matter.state_key and plan.by_state[row.to].kind != StateKind.DROPPED
        if forward and not matter.split and matter.state.waits_for in row.by:
            return row.id
    return ""


@dataclass(frozen=True)
class Related:
    """Matters before and after: where this one comes from, the whole, what followed."""

    origin: Matter | None
    whole: Matter | None
    followed: tuple[Matter, ...]


def related(matter: Matter, actor: Actor) -> Related:
    """Return the matters that this one hangs together with, as far as `actor` may see them."""
    keys = [key for key in (matter.origin_id, matter.parent_id) if key]
    near = seen(actor).filter(Q(pk__in=keys) | Q(origin=matter)).select_related("unit", "state")
    rows = list(near.order_by("pk"))
    known = {row.pk: row for row in rows}
    return Related(
        known.get(matter.origin_id or 0),
        known.get(matter.parent_id or 0),
        tuple(row for row in rows if row.origin_id == matter.pk),
    )
