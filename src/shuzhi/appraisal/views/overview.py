"""The list of reviews, one review as a cycle, and its great steps."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuzhi.appraisal.cycle import stages
from shuzhi.appraisal.enums import ReviewState
from shuzhi.appraisal.forms.steps import OpenForm
from shuzhi.appraisal.models import Entrant, Review
from shuzhi.appraisal.queries.overview import coverage_counts, own_entrant, report_counts
from shuzhi.appraisal.readiness import obstacles
from shuzhi.appraisal.services import meeting, preparing, scoring
from shuzhi.appraisal.tables import REVIEWS
from shuzhi.kernel.access import Permission, visible
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act
from shuzhi.kernel.tables import render_list

from .loading import MANAGE, load_review, rights

BEFORE = (ReviewState.PREPARING, ReviewState.REPORTING)


def _page(public_id: str, name: str = "detail") -> str:
    return reverse(f"appraisal:{name}", args=[public_id])


def review_list(request: ActorRequest) -> HttpResponse:
    """List the reviews within reach."""
    rows = Review.objects.filter(visible(request.actor, Permission.REVIEW_VIEW, Review))
    may_create = request.actor.has(MANAGE)
    return render_list(
        request,
        REVIEWS,
        rows.select_related("unit"),
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
        "reports": report_counts(found) if inside else None,
        "coverage": coverage_counts(found) if inside else None,
        "own": own_entrant(found, visible(request.actor, Permission.REPORT_WRITE, Entrant)),
    }
    return render(request, "appraisal/detail.html", context | may)


@require_POST
def invite(request: ActorRequest, review: str) -> HttpResponse:
    """Ask the secretaries for their reports."""
    found = load_review(request, review, MANAGE)
    return act(
        request,
        lambda: preparing.invite_reports(found, actor=request.actor),
        done=_("已开始收集述职报告，各位书记的待办里会出现这一项。"),
        to=_page(review),
    )


@require_POST
def recall(request: ActorRequest, review: str) -> HttpResponse:
    """Go back to preparation."""
    found = load_review(request, review, MANAGE)
    return act(
        request,
        lambda: preparing.recall_review(found, actor=request.actor),
        done=_("已退回筹备，写好的报告都还在。"),
        to=_page(review),
    )


@require_POST
def open_meeting(request: ActorRequest, review: str) -> HttpResponse:
    """Open the meeting."""
    found = load_review(request, review, MANAGE)
    form = OpenForm(request.POST)
    accepted = form.is_valid() and form.cleaned_data["accept"]
    return act(
        request,
        lambda: meeting.open_meeting(found, actor=request.actor, accept_faults=accepted),
        done=_("会议已经开始：报告已定稿，测评已经开放。"),
        to=lambda opened: reverse("gatherings:desk", args=[opened.gathering.public_id]),
    )


@require_POST
def seal(request: ActorRequest, review: str) -> HttpResponse:
    """Seal the ballots."""
    found = load_review(request, review, MANAGE)
    return act(
        request,
        lambda: scoring.seal_ballots(found, actor=request.actor),
        done=_("票箱已封存，任何一票都不能再改。可以计分了。"),
        to=_page(review),
    )


@require_POST
def score(request: ActorRequest, review: str) -> HttpResponse:
    """Compute the scores."""
    found = load_review(request, review, MANAGE)
    return act(
        request,
        lambda: scoring.score_review(found, actor=request.actor),
        done=lambda run: (
            _("第 %(number)d 次计分完成，结果和全部依据已经保存。") % {"number": run.number}
        ),
        to=_page(review, "results"),
    )
