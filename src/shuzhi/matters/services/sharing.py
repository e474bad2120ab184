"""Share a matter out: parts for several owners, a further co-owner, another owner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor, Permission, allows
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import FaultsError, ForbiddenError, RefusedError, RowFault, StateError
from shuzhi.kernel.events import publish
from shuzhi.kernel.language import listed
from shuzhi.kernel.workflow import NOT_THEIRS, STALE
from shuzhi.kernel.writes import verb
from shuzhi.matters.enums import DeadlineState, StepKind
from shuzhi.matters.events import MatterOpened
from shuzhi.matters.limits import TITLE
from shuzhi.matters.mechanism import Mechanism, mechanism_of
from shuzhi.matters.models import Matter, MatterParty
from shuzhi.matters.moving import assign, tell
from shuzhi.matters.opening import Birth, Occasion, create, side_of
from shuzhi.matters.schema import MatterPlan, PartyIs, Split
from shuzhi.matters.sides import check_apart, check_kind, raised
from shuzhi.matters.standing import standing

from .carrying import locked

if TYPE_CHECKING:
    from shuzhi.registry.models import Person, Unit

MOST_PARTS = 200


@dataclass(frozen=True)
class Share:
    """One part: who takes it on, and what of the whole it is."""

    side: "Unit | Person"
    title: str = ""


def _locked(matter: Matter) -> tuple[Matter, Mechanism]:
    found = locked(matter)
    if found.ended:
        raise StateError(_("事项已经办结，不能再调整。"))
    return found, mechanism_of(found.reference)


def _sides_of(matter: Matter) -> dict[str, list[Any]]:
    sides: dict[str, list[Any]] = {}
    for row in matter.parties.select_related("unit", "person"):
        sides.setdefault(row.party, []).append(row.unit or row.person)
    return sides


@verb
def split(*, actor: Actor, matter: Matter, shares: Sequence[Share]) -> list[Matter]:
    """Share the matter out: a part for each share; the whole ends when all parts have ended."""
    whole, mechanism = _locked(matter)
    rule = mechanism.plan.split
    if rule is None or whole.parent_id or whole.split:
        raise RefusedError(_("这件事项不能分办。"))
    if whole.state_key not in rule.in_:
        raise StateError(STALE)
    party = standing(whole, actor).party_of(mechanism.plan, rule.by)
    if party is None:
        raise ForbiddenError(NOT_THEIRS)
    if not 2 <= len(shares) <= MOST_PARTS:  # noqa: PLR2004 (one part is no sharing)
        raise RefusedError(_("分办至少两家，最多 %(n)d 家。") % {"n": MOST_PARTS})
    births = [_part(mechanism, rule, whole, share) for share in shares]
    whole.split, whole.changed_at = True, timezone.now()
    whole.save(update_fields=["split", "changed_at"])
    sides = [share.side for share in shares]
    entry = tell(
        whole, actor, party, StepKind.SPLIT, lambda: _("分办给：%(who)s") % {"who": listed(sides)}
    )
    parts = create(
        mechanism, births, Occasion(actor, party, entry.unit, timezone.localdate(), whole.year)
    )
    after = {"parts": [part.public_id for part in parts]}
    record("matter.split", whole, actor=actor, after=after)
    for part in parts:
        facts = {"reference": part.reference, "unit": part.unit.code, "whole": whole.public_id}
        record("matter.opened", part, actor=actor, after=facts)
        publish(MatterOpened(part))
    return parts


def _part(mechanism: Mechanism, rule: Split, whole: Matter, share: Share) -> Birth:
    plan = mechanism.plan
    check_kind(plan.by_party[rule.party], [share.side])
    sides = _sides_of(whole) | {rule.party: [share.side]}
    check_apart(plan, sides)
    unit: Any = share.side if plan.by_party[rule.party].is_ is PartyIs.UNIT else whole.unit
    opening = {*plan.opens.needs, *plan.opens.offers}
    values = {key: value for key, value in whole.facts.items() if key in opening}
    return Birth(unit, (share.title.strip() or whole.title)[:TITLE], sides, values, parent=whole)


def _manages(actor: Actor, matter: Matter, mechanism: Mechanism) -> str:
    """Return the party for which the actor may change who takes part ("" by office)."""
    party = standing(matter, actor).party_of(mechanism.plan, mechanism.plan.opens.by)
    if party is not None:
        return party
    if not allows(actor, Permission.MATTER_MANAGE, matter):
        raise ForbiddenError(_("您没有调整责任单位的权限。"))
    return ""


@verb
def add_owner(*, actor: Actor, matter: Matter, party: str, side: "Unit | Person") -> MatterParty:
    """Add a further unit or person to a party of which there may be many."""
    held, mechanism = _locked(matter)
    row = mechanism.plan.by_party.get(party)
    if row is None or not row.many:
        raise RefusedError(_("这类事项不能增加这样的当事方。"))
    by = _manages(actor, held, mechanism)
    check_kind(row, [side])
    sides = _sides_of(held)
    if side in sides.get(party, []):
        raise RefusedError(_("%(side)s已经在名单里。") % {"side": side})
    check_apart(mechanism.plan, sides | {party: [*sides.get(party, []), side]})
    last = held.parties.filter(party=party).aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    found = MatterParty.objects.create(matter=held, party=party, position=position, **side_of(side))
    words = {"party": row.label, "side": side}
    tell(held, actor, by, StepKind.PARTY, lambda: _("增加%(party)s：%(side)s") % words)
    after = {"party": party, "added": side.public_id}
    record("matter.party", held, actor=actor, after=after)
    return found


def _stands_with(plan: MatterPlan, matter: Matter, sides: Mapping[str, list[Any]]) -> str:
    """Return the party with whose unit the matter stands: whom it is about, or was moved to."""
    moved = [row.moves_to for row in plan.transitions if row.moves_to]
    held = [name for name in (plan.about.id, *moved) if matter.unit in sides.get(name, [])]
    return held[0] if held else plan.about.id


@verb
def reassign(
    *, actor: Actor, matter: Matter, party: str, side: "Unit | Person", reason: str
) -> Matter:
    """Put another unit or person in a party's place, with a reason; deadlines go on running."""
    held, mechanism = _locked(matter)
    row = mechanism.plan.by_party.get(party)
    if row is None or row.is_ not in {PartyIs.UNIT, PartyIs.GIVEN}:
        raise RefusedError(_("这个当事方不能更换。"))
    if not reason.strip():
        raise RefusedError(_("请写明更换的理由。"))
    by = _manages(actor, held, mechanism)
    check_kind(row, [side])
    before, now = _sides_of(held), {party: [side]}
    moves = party == _stands_with(mechanism.plan, held, before)
    if moves and not allows(actor, Permission.MATTER_OPEN, side):
        raise ForbiddenError(_("您没有为%(unit)s立项的权限。") % {"unit": side})
    now |= raised(mechanism.plan, now)
    check_apart(mechanism.plan, before | now)
    assign(held, now)
    if moves:
        held.unit_id = side.pk
        held.save(update_fields=["unit"])
    unmet = held.deadlines.filter(state__in=(DeadlineState.RUNNING, DeadlineState.PAUSED))
    unmet.update(escalated_on=None, escalated_to=None)  # the new side has its own level above
    words = {"party": row.label, "side": side, "why": reason.strip()}
    tell(held, actor, by, StepKind.PARTY, lambda: _("%(party)s改为%(side)s：%(why)s") % words)
    was = [one.public_id for one in before.get(party, [])]
    after = {"party": party, "now": side.public_id, "reason": reason.strip()}
    record("matter.party", held, actor=actor, before={"was": was}, after=after)
    matter.refresh_from_db()
    return matter


@verb
def reassign_many(
    *, actor: Actor, matters: Sequence[Matter], party: str, side: "Unit | Person", reason: str
) -> None:
    """Do so in each matter; one refusal undoes them all and every refusal is named."""
    faults = []
    for number, matter in enumerate(matters, 1):
        try:
            reassign(actor=actor, matter=matter, party=party, side=side, reason=reason)
        except RefusedError as error:
            faults.append(RowFault(number, matter.title, error.message))
    if faults:
        raise FaultsError(faults)
