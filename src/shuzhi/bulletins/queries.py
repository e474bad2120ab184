"""What may be read and by whom."""

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from shuzhi.appraisal.enums import ReviewState
from shuzhi.appraisal.queries import papers
from shuzhi.appraisal.queries.results import SCORED
from shuzhi.kernel.access import Actor, Permission, visible

from .enums import DRAFTS, PUBLIC, BulletinState, Scope
from .models import Bulletin

if TYPE_CHECKING:
    from shuzhi.appraisal.models import Entrant, Review

YEARS = 5
WORKERS = (Permission.BULLETIN_DRAFT, Permission.BULLETIN_CHECK, Permission.BULLETIN_APPROVE)


def readable(actor: Actor) -> QuerySet[Bulletin]:
    """Return what is under way to those who work on it, what is issued to those in its scope."""
    workers = Q()
    for permission in WORKERS:
        workers |= visible(actor, permission, Bulletin)
    within = Q(scope=Scope.UNITS) | visible(actor, Permission.REVIEW_RESULT, Bulletin)
    issued = Q(state__in=PUBLIC) & visible(actor, Permission.BULLETIN_VIEW, Bulletin) & within
    rows = Bulletin.objects.filter(workers | issued).exclude(state=BulletinState.DISCARDED)
    return rows.select_related("unit", "review", "drafted_by", "checked_by", "issued_by")


def waiting(actor: Actor, state: BulletinState, permission: Permission) -> QuerySet[Bulletin]:
    """Return bulletins in `state` on which the actor may act."""
    rows = Bulletin.objects.filter(visible(actor, permission, Bulletin), state=state)
    return rows.select_related("unit")


def live_bulletin(review: "Review") -> Bulletin | None:
    """Return the bulletin of a review that is under way or issued."""
    states = (*DRAFTS, BulletinState.ISSUED)
    return Bulletin.objects.filter(review=review, state__in=states).order_by("-pk").first()


def issued_bulletin(review: "Review") -> Bulletin | None:
    """Return the bulletin that stands."""
    return Bulletin.objects.filter(review=review, state=BulletinState.ISSUED).first()


def unannounced(actor: Actor) -> "QuerySet[Review]":
    """Return published reviews of which the actor may draft the bulletin and nobody has."""
    rows = papers.reviews().filter(state=ReviewState.PUBLISHED)
    begun = Bulletin.objects.filter(review=OuterRef("pk")).exclude(
        state__in=(BulletinState.DISCARDED, BulletinState.WITHDRAWN)
    )
    return rows.filter(visible(actor, Permission.BULLETIN_DRAFT, rows.model), ~Exists(begun))


def feedback_rows(actor: Actor) -> "QuerySet[Entrant]":
    """Return the reporters whose page the actor may read: all within reach, or the own one."""
    rows = papers.entrants()
    whole = visible(actor, Permission.REVIEW_RESULT, rows.model) & Q(review__state__in=SCORED)
    own = Q(person_id=actor.person_id) if actor.person_id is not None else Q(pk__in=())
    return rows.filter(whole | (own & Q(review__state=ReviewState.PUBLISHED)))


def own_feedback(actor: Actor) -> "list[Entrant]":
    """Return the actor's own pages of the last years, the latest first."""
    if actor.person_id is None:
        return []
    own = papers.entrants().filter(person_id=actor.person_id, review__state=ReviewState.PUBLISHED)
    return list(own.order_by("-review__year")[:YEARS])
