"""Who reports, in which order, and what each is spared."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from shuzhi.appraisal.enums import Exemption, ReviewState
from shuzhi.appraisal.models import Comment, Entrant, Report, Review
from shuzhi.appraisal.policy import hold, require_state
from shuzhi.appraisal.queries.held import held_words
from shuzhi.appraisal.queries.parts import meeting_of
from shuzhi.gatherings import services as gatherings
from shuzhi.gatherings.queries import turns
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import MissingFactError, RefusedError
from shuzhi.kernel.period import require_open
from shuzhi.kernel.writes import verb
from shuzhi.registry import queries as registry

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from shuzhi.registry.models import Unit

BEFORE = (ReviewState.PREPARING, ReviewState.REPORTING)
UNDECIDED = (*BEFORE, ReviewState.OPEN, ReviewState.CLOSED, ReviewState.SCORED)


@verb
def enter_units(
    review: Review, units: "Sequence[Unit] | None" = None, *, actor: Actor
) -> list[Entrant]:
    """Make exactly `units` (default: all directly below) the reporters, in that order.

    Units that report already keep their report; those no longer named are taken out, unless
    anything is kept of them.
    """
    require(actor, Permission.REVIEW_MANAGE, review)
    hold(review, *BEFORE)
    require_open(review.year)
    wanted = list(registry.children(review.unit)) if units is None else list(units)
    heads = registry.secretaries_of(wanted)
    _take_out(review.entrants.exclude(unit__in=wanted))
    for position, unit in enumerate(wanted, 1):
        head = heads.get(unit.pk)
        person = head.person if head else None
        entrant, _new = Entrant.objects.update_or_create(
            review=review, unit=unit, defaults={"person": person, "position": position}
        )
        Report.objects.get_or_create(entrant=entrant)
        Comment.objects.get_or_create(entrant=entrant)
    record("review.order", review, actor=actor, after={"units": [u.code for u in wanted]})
    push_turns(review, actor=actor)
    return list(review.entrants.select_related("unit", "person"))


def _take_out(entrants: "QuerySet[Entrant]") -> None:
    if words := held_words(entrants):
        raise RefusedError(
            _("已经有了登记的单位不能取消（%(held)s）；确不参加的，请改“参加方式”并写明理由。")
            % {"held": words}
        )
    entrants.delete()


@verb
def choose_units(review: Review, codes: Collection[str], *, actor: Actor) -> list[Entrant]:
    """Let these of the units directly below report, each by its secretary of today.

    Who reports already keeps the order; who joins comes last.
    """
    below = {unit.code: unit for unit in registry.children(review.unit)}
    place = dict(review.entrants.values_list("unit__code", "position"))
    chosen = [unit for code, unit in below.items() if code in codes]
    if not chosen:
        raise RefusedError(_("请至少勾选一个述职单位。"))
    chosen.sort(key=lambda unit: place.get(unit.code, len(below) + len(place)))
    return enter_units(review, chosen, actor=actor)


def push_turns(review: Review, *, actor: Actor) -> None:
    """Give the meeting its turns in the review's order."""
    if review.gathering is None:
        return
    rows = review.entrants.select_related("unit", "person")
    gatherings.set_turns(review.gathering, [_turn(entrant) for entrant in rows], actor=actor)


@override("zh-hans")  # what the hall reads is kept in Chinese, whoever sets it up
def _turn(entrant: Entrant) -> gatherings.TurnSpec:
    name = entrant.person.name if entrant.person else str(_("（空缺）"))
    return gatherings.TurnSpec(subject=entrant.unit.code, unit_name=entrant.unit.name, name=name)


def pull_order(review: Review) -> None:
    """Take over the order that was drawn or changed at the meeting's own pages."""
    if review.gathering is None:
        return
    place = {turn.subject: turn.position for turn in turns(review.gathering)}
    rows = list(review.entrants.select_related("unit"))
    for entrant in rows:
        entrant.position = place.get(entrant.unit.code, len(place) + entrant.position)
    Entrant.objects.bulk_update(rows, ["position"])


@verb
def order_entrants(review: Review, codes: Sequence[str], *, actor: Actor) -> None:
    """Fix the order as given by unit codes; units not named follow in their old order."""
    require(actor, Permission.REVIEW_MANAGE, review)
    hold(review, *BEFORE)
    place = {code: number for number, code in enumerate(codes)}
    rows = sorted(
        review.entrants.select_related("unit"),
        key=lambda e: (place.get(e.unit.code, len(place)), e.position),
    )
    _renumber(review, rows, actor=actor)
    push_turns(review, actor=actor)


@verb
def draw_entrants(review: Review, seed: str, *, actor: Actor) -> None:
    """Draw the order by lot from a seed that all may see (and anyone may repeat)."""
    require(actor, Permission.REVIEW_MANAGE, review)
    hold(review, *BEFORE)
    if not seed.strip():
        raise MissingFactError(_("请填写抽签口令（当众说出的任意文字），以便事后复核。"))
    push_turns(review, actor=actor)
    drawn = gatherings.draw_order(meeting_of(review), seed.strip(), actor=actor)
    by_code = {e.unit.code: e for e in review.entrants.select_related("unit")}
    _renumber(review, [by_code[turn.subject] for turn in drawn], actor=actor, seed=seed)


def _renumber(review: Review, rows: list[Entrant], *, actor: Actor, seed: str = "") -> None:
    for position, entrant in enumerate(rows, 1):
        entrant.position = position
    Entrant.objects.bulk_update(rows, ["position"])
    order = [entrant.unit.code for entrant in rows]
    record("review.order", review, actor=actor, after={"units": order, "seed": seed})


@verb
def exempt_entrant(entrant: Entrant, exemption: Exemption, reason: str, *, actor: Actor) -> Entrant:
    """Say what a reporter is spared (a secretary new in post), with the reason."""
    require(actor, Permission.REVIEW_MANAGE, entrant.review)
    require_state(entrant.review, *UNDECIDED)
    if exemption != Exemption.NONE and not reason.strip():
        raise MissingFactError(_("不参加评议或排名要写明理由，例如“到任不足三个月”。"))
    before = {"exemption": entrant.exemption}
    entrant.exemption = exemption
    entrant.exemption_reason = "" if exemption == Exemption.NONE else reason.strip()
    entrant.full_clean(exclude=("review",))
    entrant.save(update_fields=["exemption", "exemption_reason"])
    after = {"exemption": exemption, "reason": entrant.exemption_reason}
    record("entrant.adjust", entrant, actor=actor, before=before, after=after)
    return entrant
