"""Comments: who has one, one reporter's comment, the leader's approval on the phone."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuzhi.appraisal.enums import CommentState
from shuzhi.appraisal.forms.comment import CommentForm
from shuzhi.appraisal.models import Comment, Entrant
from shuzhi.appraisal.queries import comments as queries
from shuzhi.appraisal.queries import reports as written
from shuzhi.appraisal.queries.overview import coverage_counts
from shuzhi.appraisal.services import comments
from shuzhi.appraisal.tables import COMMENTS
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, act_on_form
from shuzhi.kernel.tables import render_list

from .loading import COMMENT, load_entrant, load_review, rights


def comment_list(request: ActorRequest, review: str) -> HttpResponse:
    """List every reporter with the state of the comment; who has none stands out."""
    found = load_review(request, review, COMMENT)
    return render_list(
        request,
        COMMENTS,
        queries.comment_rows(found),
        template="appraisal/comments.html",
        review=found,
        coverage=coverage_counts(found),
        waiting=queries.first_waiting(found),
        **rights(request, found),
    )


def _initial(comment: Comment) -> dict[str, str]:
    parts = {part: getattr(comment, part) for part in comments.PARTS}
    return parts | {"seen": comment.digest}


def comment(request: ActorRequest, review: str, entrant: str) -> HttpResponse:
    """Write or revise the comment on one reporter, with the report a tap away."""
    found = load_review(request, review, COMMENT)
    who = load_entrant(request, found, entrant)
    form = CommentForm(request.POST or None, initial=_initial(who.comment))
    step = comments.save_comment if "later" in request.POST else comments.finish_comment
    return act_on_form(
        request,
        form,
        lambda data: step(
            who,
            form.parts(),
            problems=data["problems"],
            actor=request.actor,
            seen=data["seen"],
        ),
        template="appraisal/comment.html",
        done=_done,
        to=lambda _comment: _after(found.public_id, who),
        review=found,
        entrant=who,
        comment=who.comment,
        sections=written.frozen_or_current(who.report),
        problems=queries.named_problems(who),
        **rights(request, found),
    )


def _done(comment: Comment) -> str:
    unit = comment.entrant.unit.short_name
    words = {
        CommentState.DRAFT: _("对%(unit)s的点评已保存，还没有送审。"),
        CommentState.READY: _("对%(unit)s的点评已送领导审定。"),
        CommentState.APPROVED: _("对%(unit)s的点评已审定。"),
    }
    return words[CommentState(comment.state)] % {"unit": unit}


def _after(review: str, who: Entrant) -> str:
    """Go on with the next reporter in the order, or back to the list after the last."""
    following = queries.next_without(who)
    if following is None:
        return reverse("appraisal:comments", args=[review])
    return reverse("appraisal:comment", args=[review, following.public_id])


@require_POST
def approve(request: ActorRequest, review: str, entrant: str) -> HttpResponse:
    """Approve a prepared comment as it stands."""
    found = load_review(request, review, COMMENT)
    who = load_entrant(request, found, entrant)
    return act(
        request,
        lambda: comments.approve_comment(
            who.comment, actor=request.actor, seen=request.POST.get("seen")
        ),
        done=_done,
        to=lambda _comment: _after_approval(found.public_id, who),
    )


def _after_approval(review: str, who: Entrant) -> str:
    waiting = queries.first_waiting(who.review)
    if waiting is None:
        return reverse("appraisal:comments", args=[review])
    return reverse("appraisal:comment", args=[review, waiting.public_id])


def approvals(request: ActorRequest, review: str) -> HttpResponse:
    """Lead to the first comment that waits for approval."""
    found = load_review(request, review, COMMENT)
    waiting = queries.first_waiting(found)
    if waiting is None:
        return redirect("appraisal:comments", review)
    return redirect("appraisal:comment", review, waiting.public_id)
