"""The problem list: proposed, edited, given owner and deadline, settled."""

from django.db.models import Value
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from shuzhi.appraisal.forms.problem import NameProblemForm, ProblemForm
from shuzhi.appraisal.models import Problem, Review
from shuzhi.appraisal.policy import SCORED
from shuzhi.appraisal.queries.problems import problem_rows, to_notify
from shuzhi.appraisal.services import problems, rectifying
from shuzhi.appraisal.tables import PROBLEMS
from shuzhi.appraisal.workflow import PROBLEM
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, act_on_form
from shuzhi.kernel.tables import render_list
from shuzhi.kernel.workflow import available
from shuzhi.matters.queries.beside import story_url

from .loading import COMMENT, RESULT, load_entrant, load_review, rights


def _url(review: str) -> str:
    return reverse("appraisal:problems", args=[review])


def problem_list(request: ActorRequest, review: str) -> HttpResponse:
    """List the review's problems."""
    found = load_review(request, review, RESULT)
    may = rights(request, found)
    return render_list(
        request,
        PROBLEMS,
        problem_rows(found).annotate(editable=Value(may["may_comment"])),
        template="appraisal/problems.html",
        review=found,
        scored=found.state in SCORED,
        to_notify=to_notify(found).count(),
        **may,
    )


@require_POST
def propose(request: ActorRequest, review: str) -> HttpResponse:
    """Propose the lowest items as problems."""
    found = load_review(request, review, COMMENT)
    return act(
        request,
        lambda: problems.propose_problems(found, actor=request.actor),
        done=lambda count: (
            _("按得分最低的内容提出了 %(count)d 个问题，请逐条确认。") % {"count": count}
        ),
        to=_url(review),
    )


@require_POST
def notices(request: ActorRequest, review: str) -> HttpResponse:
    """Send the rectification notices."""
    found = load_review(request, review, COMMENT)
    return act(
        request,
        lambda: rectifying.send_notices(found, actor=request.actor),
        done=lambda sent: (
            ngettext("已下达 %d 份整改通知书。", "已下达 %d 份整改通知书。", len(sent)) % len(sent)
        ),
        to=_url(review),
    )


def name(request: ActorRequest, review: str) -> HttpResponse:
    """Name a further problem."""
    found = load_review(request, review, COMMENT)
    form = NameProblemForm(request.POST or None, entrants=found.entrants.select_related("unit"))
    return act_on_form(
        request,
        form,
        lambda data: problems.name_problem(
            load_entrant(request, found, data["entrant"]), data["text"], actor=request.actor
        ),
        template="appraisal/form.html",
        done=_("问题已列出，请补充责任人和期限。"),
        to=lambda row: reverse("appraisal:problem", args=[review, row.public_id]),
        review=found,
        heading=_("列出问题"),
        back=_url(review),
    )


def _problem(review: Review, public_id: str) -> Problem:
    rows = problem_rows(review)
    return get_object_or_404(rows, public_id=public_id)


def problem(request: ActorRequest, review: str, problem: str) -> HttpResponse:
    """Edit one problem and take its next step."""
    found = load_review(request, review, COMMENT)
    row = _problem(found, problem)
    if row.notice:
        return redirect(story_url(row.notice))
    initial = {key: getattr(row, key) for key in ("text", "measure", "owner", "due")}
    form = ProblemForm(request.POST or None, initial=initial)
    return act_on_form(
        request,
        form,
        lambda data: problems.edit_problem(row, actor=request.actor, **data),
        template="appraisal/problem.html",
        done=_("问题已保存。"),
        to=reverse("appraisal:problem", args=[review, problem]),
        review=found,
        problem=row,
        steps=available(PROBLEM, row, request.actor),
    )


@require_POST
def step(request: ActorRequest, review: str, problem: str, step: str) -> HttpResponse:
    """Take a step of a problem's life."""
    found = load_review(request, review, COMMENT)
    row = _problem(found, problem)
    if step not in {transition.name for transition in PROBLEM.transitions}:
        return redirect(_url(review))
    return act(
        request,
        lambda: problems.move_problem(row, step, actor=request.actor),
        done=lambda moved: _("问题现在是“%(state)s”。") % {"state": moved.get_state_display()},
        to=_url(review),
    )
