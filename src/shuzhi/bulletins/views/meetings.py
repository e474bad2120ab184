"""The papers of a meeting, and the beginning of its bulletin."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuzhi.appraisal.queries import papers as appraisal
from shuzhi.bulletins import services
from shuzhi.bulletins.meeting import PAPERS
from shuzhi.bulletins.models import Bulletin
from shuzhi.bulletins.policy import DRAFTABLE
from shuzhi.bulletins.queries import feedback_rows, live_bulletin
from shuzhi.bulletins.tables import MEETINGS
from shuzhi.kernel.access import Permission, allows, visible
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, answers_refusals, attachment
from shuzhi.kernel.tables import render_list
from shuzhi.kernel.views.guards import needs

from .loading import load_review


@needs(Permission.GATHERING_VIEW)
def meeting_list(request: ActorRequest) -> HttpResponse:
    """List the reviews whose meeting the actor may see."""
    rows = appraisal.reviews()
    seen = rows.filter(visible(request.actor, Permission.GATHERING_VIEW, rows.model))
    return render_list(request, MEETINGS, seen)


def meeting(request: ActorRequest, review: str) -> HttpResponse:
    """Show every paper of one meeting, and its bulletin."""
    row = load_review(request, review)
    papers = [
        {"paper": paper, "there": paper.is_there(row)}
        for paper in PAPERS.values()
        if allows(request.actor, paper.permission, row)
    ]
    may_draft = allows(request.actor, Permission.BULLETIN_DRAFT, Bulletin(unit=row.unit))
    context = {
        "review": row,
        "papers": papers,
        "bulletin": live_bulletin(row) if may_draft else None,
        "may_begin": may_draft and row.state in DRAFTABLE,
        "entrants": feedback_rows(request.actor).filter(review=row),
    }
    return render(request, "bulletins/meeting.html", context)


@answers_refusals
def paper(request: ActorRequest, review: str, paper: str) -> HttpResponse:
    """Hand out one paper."""
    row = load_review(request, review)
    if paper not in PAPERS:
        raise Http404
    wanted = PAPERS[paper]
    data = services.take_paper(row, wanted, actor=request.actor)
    return attachment(data, wanted.file_name(row), wanted.media_type)


@require_POST
def begin(request: ActorRequest, review: str) -> HttpResponse:
    """Begin the bulletin of a review."""
    row = load_review(request, review, None)
    return act(
        request,
        lambda: services.begin_bulletin(row, actor=request.actor),
        done=_("已按考核结果起草，请核对文字后送审。"),
        to=lambda made: reverse("bulletins:edit", args=[made.public_id]),
    )
