"""Objections: whether they are taken now, which there are, what a unit may object to."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from shuzhi.appraisal.enums import ObjectionState, ReviewState
from shuzhi.appraisal.models import Entrant, Objection, ObjectionWindow, Review

from .scheme import scheme_of

CHECKED = (ReviewState.SCORED, ReviewState.DECIDED, ReviewState.PUBLISHED)


def window_of(review: Review) -> ObjectionWindow | None:
    """Return until when units may object; None where they were not asked."""
    return ObjectionWindow.objects.filter(review=review).first()


def is_open(review: Review) -> bool:
    """Tell whether objections are taken today: scored, not decided yet, the day not past."""
    window = window_of(review)
    return (
        window is not None
        and review.state == ReviewState.SCORED
        and timezone.localdate() <= window.due
    )


def shows_own(review: Review) -> bool:
    """Tell whether units have been asked to check their own scores."""
    return review.state in CHECKED and window_of(review) is not None


def standing(rows: QuerySet[Objection]) -> QuerySet[Objection]:
    """Return those that were not taken back: at most one an item."""
    return rows.exclude(state=ObjectionState.TAKEN_BACK)


def taken_back(rows: QuerySet[Objection]) -> QuerySet[Objection]:
    """Return those that were taken back: on record, and nobody owes them an answer."""
    return rows.filter(state=ObjectionState.TAKEN_BACK)


def objections(review: Review) -> QuerySet[Objection]:
    """Return the review's objections, the unanswered first."""
    rows = Objection.objects.filter(entrant__review=review)
    return rows.select_related("entrant__unit", "entrant__review", "evidence").order_by(
        "state", "entrant__position", "pk"
    )


def withdrawn_of(entrant: Entrant) -> QuerySet[Objection]:
    """Return what the unit has taken back, in the order in which it was lodged."""
    return taken_back(entrant.objections.all()).select_related("entrant__unit", "evidence")


def unanswered(review: Review) -> int:
    """Return how many objections wait for an answer."""
    return Objection.objects.filter(entrant__review=review, state=ObjectionState.LODGED).count()


@dataclass(frozen=True)
class Item:
    """An item that a unit may object to, and the objection that stands where there is one."""

    id: str
    title: str
    kind: str
    objection: Objection | None = None

    @property
    def free(self) -> bool:
        """Whether an objection may still be lodged."""
        return self.objection is None


def items_of(entrant: Entrant) -> list[Item]:
    """Return every item of the unit's score with its objection; one query."""
    rows = standing(entrant.objections.all()).select_related("evidence", "recount")
    lodged = {row.indicator: row for row in rows}
    return [
        Item(leaf.id, leaf.title, leaf.kind, lodged.get(leaf.id))
        for leaf in scheme_of(entrant.review).leaves
    ]


def waiting_reviews(rows: QuerySet[Review]) -> QuerySet[Review]:
    """Return reviews with objections that wait for an answer, each with how many."""
    waits = Q(entrants__objections__state=ObjectionState.LODGED)
    counted = rows.annotate(waiting=Count("entrants__objections", filter=waits))
    return counted.filter(waiting__gt=0).select_related("window")
