"""Open a matter, dispatch one task to many units, open what follows from another matter."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuzhi.catalogue.queries import offered_at
from shuzhi.kernel.access import Actor, Permission, allows
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import ForbiddenError, RefusedError
from shuzhi.kernel.events import publish
from shuzhi.kernel.fields import random_id
from shuzhi.kernel.language import listed
from shuzhi.kernel.period import known_years, require_open, working_year
from shuzhi.kernel.writes import verb
from shuzhi.matters.events import MatterOpened
from shuzhi.matters.facts import Given, personal_parted, read_facts
from shuzhi.matters.files import digests
from shuzhi.matters.limits import TITLE
from shuzhi.matters.mechanism import Mechanism, latest
from shuzhi.matters.models import Matter, MatterParty
from shuzhi.matters.opening import Birth, Occasion, create, side_of
from shuzhi.matters.schema import PartyKind
from shuzhi.matters.sides import Named, Opener, resolve
from shuzhi.matters.standing import acts_for

if TYPE_CHECKING:
    from shuzhi.registry.models import Unit


@verb
def open_matter(
    *,
    actor: Actor,
    mechanism: str,
    unit: "Unit",
    title: str,
    facts: Mapping[str, Any] | None = None,
    parties: Named | None = None,
    year: int | None = None,
    origin: Matter | None = None,
) -> Matter:
    """Open one matter about `unit`, under the mechanism's latest version.

    `facts` are read as `matters.facts.read_facts` says; `parties` names units or persons for the
    parties that are given. `year` is the year of work in which it counts (today's). Raises
    `FactsError`, `ForbiddenError`, `RefusedError` or `YearClosedError`; then nothing is written.
    """
    return _open(
        actor=actor,
        mechanism=latest(mechanism),
        units=[unit],
        title=title,
        facts=facts or {},
        parties=parties or {},
        year=year,
        origin=origin,
    )[0]


@verb
def open_many(
    *,
    actor: Actor,
    mechanism: str,
    units: Sequence["Unit"],
    title: str,
    facts: Mapping[str, Any] | None = None,
    parties: Named | None = None,
    year: int | None = None,
) -> list[Matter]:
    """Open the same matter about each of `units`; all or none. They share a `dispatch`."""
    if not units:
        raise RefusedError(_("请选择要交给哪些单位。"))
    return _open(
        actor=actor,
        mechanism=latest(mechanism),
        units=units,
        title=title,
        facts=facts or {},
        parties=parties or {},
        year=year,
        dispatch=random_id(),
    )


@verb
def open_following(
    *,
    actor: Actor,
    mechanism: str,
    unit: "Unit",
    title: str,
    facts: Mapping[str, Any],
    parties: Named,
    origin: Matter,
) -> Matter:
    """Open what a step of `origin` opens: its mechanism has said so, the step was permitted."""
    return _open(
        actor=actor,
        mechanism=latest(mechanism),
        units=[unit],
        title=title,
        facts=facts,
        parties=parties,
        year=None,
        origin=origin,
        asked=False,
    )[0]


def _open(
    *,
    actor: Actor,
    mechanism: Mechanism,
    units: Sequence["Unit"],
    title: str,
    facts: Mapping[str, Any],
    parties: Named,
    year: int | None,
    dispatch: str = "",
    origin: Matter | None = None,
    asked: bool = True,
) -> list[Matter]:
    plan, today = mechanism.plan, timezone.localdate()
    year = year or working_year(today.year, known_years())
    require_open(year)
    _check_title(mechanism, title)
    opener = Opener(actor, named_wins=not asked)
    if asked:
        _check_reach(actor, mechanism, units)
    given = read_facts(plan, plan.opens.needs, plan.opens.offers, facts)
    births = [
        Birth(unit, title.strip(), resolve(plan, unit, opener, parties), dict(given.values),
              origin=origin)
        for unit in units
    ]  # fmt: skip
    party = _opening_party(actor, mechanism, births) if asked else plan.opens.by[0]
    held = births[0].sides.get(party, [])
    is_unit = bool(held) and plan.by_party[party].kind is PartyKind.UNIT
    office = held[0] if is_unit else opener.unit
    occasion = Occasion(actor, party, office, today, year, dispatch, given.uploads)
    matters = create(mechanism, births, occasion)
    for matter in matters:
        _record(mechanism, matter, given, actor)
    return matters


def _check_title(mechanism: Mechanism, title: str) -> None:
    if not title.strip() or len(title.strip()) > TITLE:
        label = mechanism.plan.subject
        raise RefusedError(_("请填写%(label)s，不超过 %(n)d 个字。") % {"label": label, "n": TITLE})


def _check_reach(actor: Actor, mechanism: Mechanism, units: Sequence["Unit"]) -> None:
    """Refuse units that do not work with the mechanism, or for which the actor may not open."""
    offered = offered_at(mechanism.id)
    for unit in units:
        if not any(unit.path.startswith(path) for path in offered):
            words = {"unit": unit.name, "title": mechanism.title}
            raise RefusedError(_("%(unit)s还没有启用“%(title)s”。") % words)
        anybody = mechanism.plan.opens.anybody and actor.person_id is not None
        if anybody and (not actor.home_path or actor.home_path.startswith(unit.path)):
            continue
        if not allows(actor, Permission.MATTER_OPEN, unit):
            raise ForbiddenError(_("您没有为%(unit)s立项的权限。") % {"unit": unit.name})


def _opening_party(actor: Actor, mechanism: Mechanism, births: Sequence[Birth]) -> str:
    """Return the party for which the actor opens all of them; the system opens for the first."""
    if actor.account_id is None:
        return mechanism.plan.opens.by[0]
    for party in mechanism.plan.opens.by:
        if all(_acts(actor, birth, party) for birth in births):
            return party
    labels = listed(mechanism.plan.by_party[name].label for name in mechanism.plan.opens.by)
    raise ForbiddenError(_("只有%(parties)s可以立项。") % {"parties": labels})


def _acts(actor: Actor, birth: Birth, party: str) -> bool:
    held = birth.sides.get(party, [])
    return any(acts_for(actor, MatterParty(party=party, **side_of(side))) for side in held)


def _record(mechanism: Mechanism, matter: Matter, given: Given, actor: Actor) -> None:
    shown, hidden = personal_parted(mechanism.plan, given.values)
    after = {
        "reference": matter.reference,
        "unit": matter.unit.code,
        "title": matter.title,
        "number": matter.number,
        "year": matter.year,
        "facts": shown,
        "files": digests(given.uploads),
    }
    record(
        "matter.opened",
        matter,
        actor=actor,
        after=after | ({"personal": hidden} if hidden else {}),
    )
    publish(MatterOpened(matter))
