"""The list of reviews, one review as a cycle, and its great steps."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from shuzhi.appraisal.cycle import stages
from shuzhi.appraisal.enums import ReviewState
from shuzhi.appraisal.models import Entrant, Review
from shuzhi.appraisal.policy import SCORED
from shuzhi.appraisal.queries.objections import shows_own, unanswered
from shuzhi.appraisal.queries.overview import (
    coverage_counts,
    own_entrant,
    report_counts,
    scoring_job,
)
from shuzhi.appraisal.readiness import obstacles
from shuzhi.appraisal.services import meeting, preparing, scoring
from shuzhi.appraisal.tables import REVIEWS
from shuzhi.kernel.access import Permission, visible
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act
from shuzhi.kernel.tables import render_list
from shuzhi.kernel.views.guards import needs

from .loading import MANAGE, load_review, rights

BEFORE = (ReviewState.PREPARING, ReviewState.REPORTING)


def _page(review: Review) -> str:
    return reverse("appraisal:detail", args=[review.public_id])


@needs(Permission.REVIEW_VIEW)
def review_list(request: ActorRequest) -> HttpResponse:
    """List the reviews within reach."""
    rows = Review.objects.filter(visible(request.actor, Permission.REVIEW_VIEW, Review))
    may_create = request.actor.has(MANAGE)
    return render_list(
        request,
        REVIEWS,
        rows.select_related("unit", "gathering"),
        template="appraisal/list.html",
        may_create=may_create,
    )


def review_page(request: ActorRequest, review: str) -> HttpResponse:
    """Show one review: where it stands, what would spoil the meeting, the next step."""
    found = load_review(request, review)
    may = rights(request, found)
    inside = may["may_manage"] or may["may_result"]
    spoiling = obstacles(found) if inside and found.state in BEFORE else []
    context = {
        "review": found,
        "stages": stages(found),
        "obstacles": spoiling,
        "stopped": any(obstacle.stops for obstacle in spoiling),
        "inside": inside,
        "scored": found.state in SCORED,
        "checks": shows_own(found),
        "unanswered": unanswered(found) if inside else 0,
        "reports": report_counts(found) if inside else None,
        "coverage": coverage_counts(found) if inside else None,
        "scoring": scoring_job(found) if inside else None,
        "own": own_entrant(found, visible(request.actor, Permission.REPORT_WRITE, Entrant)),
    }
    return render(request, "appraisal/detail.html", context | may)


# What each great step does, what it then says, and the page that it leads to.
Take = Callable[[Review, ActorRequest], Any]
STEPS: dict[str, tuple[Take, Any, Callable[[Any, Review], str]]] = {
    "invite": (
        lambda review, request: preparing.invite_reports(review, actor=request.actor),
        _("已开始收集述职报告，各位书记的待办里会出现这一项。"),
        lambda _done, review: _page(review),
    ),
    "recall": (
        lambda review, request: preparing.recall_review(review, actor=request.actor),
        _("已退回筹备，写好的报告都还在。"),
        lambda _done, review: _page(review),
    ),
    "open": (
        lambda review, request: meeting.open_meeting(
            review, actor=request.actor, accept_faults="accept" in request.POST
        ),
        _("会议已经开始：报告已定稿，测评已经开放。"),
        lambda opened, _review: reverse("gatherings:desk", args=[opened.gathering.public_id]),
    ),
    "seal": (
        lambda review, request: scoring.seal_ballots(review, actor=request.actor),
        _("票箱已封存，任何一票都不能再改。可以计分了。"),
        lambda _done, review: _page(review),
    ),
    "score": (
        lambda review, request: scoring.request_scoring(review, actor=request.actor),
        "",
        lambda job, _review: reverse("kernel:job", args=[job.public_id]),
    ),
}


@require_POST
def step(request: ActorRequest, review: str, step: str) -> HttpResponse:
    """Take one of the review's great steps."""
    found = load_review(request, review, MANAGE)
    take, words, leads = STEPS[step]
    return act(
        request,
        lambda: take(found, request),
        done=words,
        to=lambda done: leads(done, found),
    )
