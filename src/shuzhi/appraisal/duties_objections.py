"""What a score check asks of a person: to check the own score, to answer objections."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor, Permission, visible
from shuzhi.kernel.worklist import Duty

from .enums import ObjectionState, ReviewState
from .models import Entrant, Objection, Review
from .queries.objections import waiting_reviews

CHECK_MINUTES = 10
ANSWER_MINUTES = 10  # each


def _checks(actor: Actor) -> Iterator[Duty]:
    rows: Any = Entrant.objects.filter(
        visible(actor, Permission.REPORT_WRITE, Entrant),
        review__state=ReviewState.SCORED,
        review__window__due__gte=timezone.localdate(),
    ).select_related("review__window", "unit")
    for row in rows:
        yield Duty(
            _("核对%(unit)s的得分，有异议的在期限内提出") % {"unit": row.unit.short_name},
            reverse("appraisal:result", args=[row.review.public_id, row.public_id]),
            hint=row.review.title,
            due=row.review.window.due,
            minutes=CHECK_MINUTES,
        )


def _answers(actor: Actor) -> Iterator[Duty]:
    rows = Review.objects.filter(visible(actor, Permission.REVIEW_MANAGE, Review))
    waiting: Any = waiting_reviews(rows)
    for row in waiting:
        window = getattr(row, "window", None)
        yield Duty(
            _("答复 %(count)d 条得分异议") % {"count": row.waiting},
            reverse("appraisal:objections", args=[row.public_id]),
            hint=row.title,
            due=window.due if window else None,
            minutes=row.waiting * ANSWER_MINUTES,
        )


def _awaited(actor: Actor) -> Iterator[Duty]:
    rows = Objection.objects.filter(
        visible(actor, Permission.REPORT_WRITE, Objection), state=ObjectionState.LODGED
    ).select_related("entrant__review", "entrant__unit")
    for row in rows:
        review = row.entrant.review
        yield Duty(
            _("%(unit)s的得分异议等待答复") % {"unit": row.entrant.unit.short_name},
            reverse("appraisal:result", args=[review.public_id, row.entrant.public_id]),
            hint=review.title,
            owed_by=_("组织评议的单位"),
        )


def objection_duties(actor: Actor) -> list[Duty]:
    """Return the score check's duties of `actor`: at most three queries."""
    found: list[Duty] = []
    if actor.has(Permission.REPORT_WRITE):
        found += [*_checks(actor), *_awaited(actor)]
    if actor.has(Permission.REVIEW_MANAGE):
        found += _answers(actor)
    return found
