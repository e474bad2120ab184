"""What the review asks of a person today: reports, comments, decisions, publication."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor, Permission, visible
from shuzhi.kernel.worklist import Duty

from .enums import CommentState, ReportState, ReviewState
from .models import Entrant, Problem, Review
from .queries.problems import UNSENT

REPORT_MINUTES = 60
COMMENT_MINUTES = 2  # each
SHORT = 5
DECIDE_MINUTES = 15


def _reports(actor: Actor) -> Iterator[Duty]:
    rows = Entrant.objects.filter(
        visible(actor, Permission.REPORT_WRITE, Entrant),
        review__state=ReviewState.REPORTING,
        report__state=ReportState.DRAFT,
    ).select_related("review", "unit")
    for row in rows:
        yield Duty(
            _("写%(unit)s的述职报告") % {"unit": row.unit.short_name},
            reverse("appraisal:report", args=[row.review.public_id, row.public_id]),
            hint=row.review.title,
            due=row.review.reports_due,
            minutes=REPORT_MINUTES,
        )


def _comments(actor: Actor) -> Iterator[Duty]:
    rows = (
        Review.objects.filter(visible(actor, Permission.REVIEW_APPROVE, Review))
        .select_related("gathering")
        .annotate(waiting=Count("entrants", filter=Q(entrants__comment__state=CommentState.READY)))
        .filter(waiting__gt=0)
    )
    for row in rows:
        yield Duty(
            _("审定 %(count)d 条点评") % {"count": row.waiting},
            reverse("appraisal:approvals", args=[row.public_id]),
            hint=row.title,
            due=row.meets_on,
            minutes=row.waiting * COMMENT_MINUTES,
        )


STEPS = {
    ReviewState.CLOSED: (_("核对票数，封存票箱并计分"), SHORT),
    ReviewState.SCORED: (_("登记党委研究确定的等次"), DECIDE_MINUTES),
}


def _managed(actor: Actor) -> Iterator[Duty]:
    rows = Review.objects.filter(
        visible(actor, Permission.REVIEW_MANAGE, Review), state__in=list(STEPS)
    )
    for row in rows:
        title, minutes = STEPS[ReviewState(row.state)]
        url = reverse("appraisal:detail", args=[row.public_id])
        yield Duty(title, url, hint=row.title, minutes=minutes)


def _publications(actor: Actor) -> Iterator[Duty]:
    rows = Review.objects.filter(
        visible(actor, Permission.REVIEW_APPROVE, Review), state=ReviewState.DECIDED
    ).exclude(decided_by=actor.account_id)
    for row in rows:
        url = reverse("appraisal:publish", args=[row.public_id])
        yield Duty(_("批准公布考核结果"), url, hint=row.title, minutes=SHORT)


def _notices(actor: Actor) -> Iterator[Duty]:
    """Listed problems of a published review whose notices have not been sent."""
    waits = Q(entrants__problems__in=Problem.objects.filter(UNSENT))
    rows = (
        Review.objects.filter(
            visible(actor, Permission.REVIEW_MANAGE, Review), state=ReviewState.PUBLISHED
        )
        .annotate(waiting=Count("entrants__problems", filter=waits))
        .filter(waiting__gt=0)
    )
    for row in rows:
        yield Duty(
            _("把 %(count)d 个问题转为整改通知") % {"count": row.waiting},
            reverse("appraisal:problems", args=[row.public_id]),
            hint=row.title,
            minutes=SHORT,
        )


def _awaited(actor: Actor) -> Iterator[Duty]:
    """What others owe whoever manages a review: reports not handed in."""
    rows = (
        Review.objects.filter(
            visible(actor, Permission.REVIEW_MANAGE, Review), state=ReviewState.REPORTING
        )
        .annotate(waiting=Count("entrants", filter=Q(entrants__report__state=ReportState.DRAFT)))
        .filter(waiting__gt=0)
    )
    for row in rows:
        yield Duty(
            _("%(count)d 份述职报告还没有提交") % {"count": row.waiting},
            f"{reverse('appraisal:reports', args=[row.public_id])}?f_state={ReportState.DRAFT}",
            hint=row.title,
            due=row.reports_due,
            owed_by=_("各单位书记"),
        )


PROVIDERS = (
    (Permission.REPORT_WRITE, _reports),
    (Permission.REVIEW_APPROVE, _comments),
    (Permission.REVIEW_MANAGE, _managed),
    (Permission.REVIEW_APPROVE, _publications),
    (Permission.REVIEW_MANAGE, _notices),
    (Permission.REVIEW_MANAGE, _awaited),
)


def review_duties(actor: Actor) -> list[Duty]:
    """Return the review's duties of `actor`: at most one query a kind that they may have."""
    return [
        duty
        for permission, provider in PROVIDERS
        if actor.has(permission)
        for duty in provider(actor)
    ]
