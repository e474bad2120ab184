"""Who stands on which side of a new matter: named, derived from the tree, or the opener."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor
from shuzhi.kernel.errors import RefusedError
from shuzhi.registry.queries import home_of, person_of

from .schema import MatterPlan, Party, PartyIs, PartyKind

if TYPE_CHECKING:
    from shuzhi.registry.models import Person, Unit

Named = Mapping[str, Any]  # party -> a unit or person, or several


def as_list(named: Any) -> list[Any]:
    """Return one or several as a list; none is empty."""
    if named is None:
        return []
    return list(named) if isinstance(named, Sequence) else [named]


def check_kind(party: Party, sides: Sequence[Any]) -> None:
    """Refuse a person where a unit belongs, and more than one where one stands."""
    for side in sides:
        if side._meta.model_name != party.kind.value:
            words = {"party": party.label}
            if party.kind is PartyKind.UNIT:
                raise RefusedError(_("“%(party)s”应是单位。") % words)
            raise RefusedError(_("“%(party)s”应是个人。") % words)
    if len(sides) > 1 and not party.many:
        raise RefusedError(_("“%(party)s”只能有一个。") % {"party": party.label})


class Opener:
    """Whoever opens: the own unit and person, read once for many matters.

    `named_wins`: what is named stands for the opener (the system's work, what follows a step).
    """

    def __init__(self, actor: Actor, *, named_wins: bool = False) -> None:
        self.system = actor.account_id is None
        self.named_wins = named_wins or self.system
        self.unit: Unit | None = home_of(actor)
        self.person: Person | None = person_of(actor)


def resolve(
    plan: MatterPlan, unit: "Unit", opener: Opener, named: Named, *, strict: bool = True
) -> dict[str, list[Any]]:
    """Return the sides of a matter about `unit`; refuse what is missing, unknown or not apart.

    Not `strict` (an old ledger names few): a side that is missing or not apart is left empty.
    """
    for name in named:
        if name not in plan.by_party:
            raise RefusedError(_("没有“%(party)s”这个当事方。") % {"party": name})
    sides: dict[str, list[Any]] = {}
    for party in plan.parties:
        if party.is_ is not PartyIs.ABOVE:
            sides[party.id] = _side(party, unit, opener, as_list(named.get(party.id)))
    for party in plan.parties:
        if party.is_ is PartyIs.ABOVE:
            sides[party.id] = _above(sides[party.of or ""])
    if strict:
        _check(plan, sides, named)
    else:
        _leave_out(plan, sides)
    return {name: held for name, held in sides.items() if held}


def _leave_out(plan: MatterPlan, sides: dict[str, list[Any]]) -> None:
    about = plan.about.id
    for name, held in sides.items():
        if name != about and plan.apart(name, about) and set(held) & set(sides[about]):
            sides[name] = []


def _side(party: Party, unit: "Unit", opener: Opener, named: list[Any]) -> list[Any]:
    if party.is_ is PartyIs.UNIT:
        return [unit, *(one for one in named if one != unit)]
    if party.is_ is PartyIs.GIVEN:
        return named
    if opener.named_wins and named:
        return named
    if party.kind is PartyKind.PERSON:
        return [opener.person] if opener.person else []
    home = opener.unit or (unit.parent or unit if opener.system else None)
    return [home] if home else []


def _above(below: list[Any]) -> list[Any]:
    """Return the unit above; the root answers to itself in form, and so has no such side."""
    above = below[0].parent if below else None
    return [above] if above else []


def raised(plan: MatterPlan, sides: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """Return who from now on stands above the sides that change."""
    above = [row for row in plan.parties if row.is_ is PartyIs.ABOVE and row.of in sides]
    return {row.id: _above(sides[row.of or ""]) for row in above}


def _check(plan: MatterPlan, sides: Mapping[str, list[Any]], named: Named) -> None:
    later = {name for row in plan.transitions for name in (*row.assigns, row.claims) if name}
    for party in plan.parties:
        held = sides[party.id]
        check_kind(party, held)
        if not held and not party.optional and not (party.id in later and party.id not in named):
            raise RefusedError(_("请确定“%(party)s”。") % {"party": party.label})
    check_apart(plan, sides)


def check_apart(plan: MatterPlan, sides: Mapping[str, Sequence[Any]]) -> None:
    """Refuse one unit or person on two sides that must differ."""
    names = sorted(sides)
    for number, one in enumerate(names):
        for other in names[number + 1 :]:
            if plan.apart(one, other) and set(sides[one]) & set(sides[other]):
                words = {"one": plan.by_party[one].label, "other": plan.by_party[other].label}
                raise RefusedError(_("“%(one)s”和“%(other)s”不能是同一个。") % words)
