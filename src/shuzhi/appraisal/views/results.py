"""Results: the list with its pictures, one unit's "why", the decision, the publication."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuzhi.appraisal import pictures
from shuzhi.appraisal.enums import ReviewState
from shuzhi.appraisal.forms.decide import DecideForm
from shuzhi.appraisal.forms.steps import ReasonForm
from shuzhi.appraisal.models import Entrant, Review
from shuzhi.appraisal.policy import SCORED, is_final, sees_own_result
from shuzhi.appraisal.queries import results as queries
from shuzhi.appraisal.queries.comments import approved_comment, named_problems
from shuzhi.appraisal.queries.overview import coverage_counts
from shuzhi.appraisal.queries.problems import beside
from shuzhi.appraisal.queries.scheme import scheme_of
from shuzhi.appraisal.services import deciding, recount
from shuzhi.appraisal.tables import RESULTS_INDEX, results_table
from shuzhi.appraisal.why import explanation
from shuzhi.kernel.access import Permission, load, visible
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, act_on_form, answers_refusals, attachment
from shuzhi.kernel.tables import render_list
from shuzhi.kernel.views.guards import needs

from .loading import APPROVE, MANAGE, RESULT, load_review, rights
from .objections import own_objections


def _scored(request: ActorRequest, public_id: str) -> Review:
    """Return a review whose results the actor may see as a whole."""
    found = load_review(request, public_id, RESULT)
    if found.state not in SCORED:
        raise Http404
    return found


@needs(Permission.REPORT_VIEW)
def index(request: ActorRequest) -> HttpResponse:
    """List the reviews that have results for this reader: all of them, or the own unit's."""
    rows = queries.reviews_with_results(
        visible(request.actor, Permission.REVIEW_RESULT, Review),
        visible(request.actor, Permission.REPORT_WRITE, Entrant),
    )
    return render_list(request, RESULTS_INDEX, rows)


def result_list(request: ActorRequest, review: str) -> HttpResponse:
    """Show ranking, totals and grades, drawn with their uncertainty, and the heat map."""
    found = _scored(request, review)
    rows = queries.result_rows(found)
    return render_list(
        request,
        results_table(scheme_of(found).grades),
        rows,
        template="appraisal/results.html",
        review=found,
        figures=pictures.of_review(found),
        run=queries.current_run(found),
        quotas=queries.quotas(found),
        last=queries.last_review(found),
        **rights(request, found),
    )


def result(request: ActorRequest, review: str, entrant: str) -> HttpResponse:
    """Show why a unit has its score; the own secretary may, once it is published."""
    found = load_review(request, review)
    rows = Entrant.objects.filter(review=found).select_related("unit", "person", "review__unit")
    who = load(rows, request.actor, Permission.REPORT_VIEW, public_id=entrant)
    row = queries.result_of(who) if sees_own_result(request.actor, who) else None
    if row is None:
        raise Http404
    row.entrant, who.review = who, found
    whole = rights(request, found)
    context = {
        "review": found,
        "entrant": who,
        "result": row,
        "why": explanation(row),
        **_beside(request, who),
    }
    return render(request, "appraisal/why.html", context | whole)


def _beside(request: ActorRequest, who: Entrant) -> dict[str, Any]:
    """Return what stands beside a score: once it is final, comment and problems; objections."""
    final = is_final(request.actor, who.review)
    return {
        "final": final,
        "comment": approved_comment(who) if final else None,
        "problems": beside(named_problems(who), request.actor) if final else [],
        **own_objections(request, who),
    }


@answers_refusals
def decide(request: ActorRequest, review: str) -> HttpResponse:
    """Record the committee's grades."""
    found = load_review(request, review, MANAGE)
    rows = list(queries.results(found))
    if not rows:
        raise RefusedError(_("还没有计分。请先计分，再登记研究结果。"))
    grades = scheme_of(found).grades
    form = DecideForm(request.POST or None, results=rows, grades=grades)
    return act_on_form(
        request,
        form,
        lambda data: deciding.decide_grades(
            found, form.decisions(), quota_reason=data["quota_reason"], actor=request.actor
        ),
        template="appraisal/decide.html",
        done=_("研究结果已登记，等待领导批准公布。"),
        to=reverse("appraisal:results", args=[review]),
        review=found,
        quotas=queries.quotas(found),
    )


def publish(request: ActorRequest, review: str) -> HttpResponse:
    """Show on one phone page what is to be published; on POST publish it."""
    found = load_review(request, review, APPROVE)
    if request.method == "POST":
        return act(
            request,
            lambda: deciding.publish_review(found, actor=request.actor),
            done=_("结果已公布。各单位书记可以看到本单位的结果。"),
            to=reverse("appraisal:results", args=[review]),
        )
    if found.state != ReviewState.DECIDED:
        raise Http404
    rows = list(queries.results(found))
    context = {
        "review": found,
        "results": rows,
        "changed": [row for row in rows if row.reason],
        "counts": queries.grade_counts(found),
        "coverage": coverage_counts(found),
        "own_decision": found.decided_by_id == request.actor.account_id,
        "form": ReasonForm(),
    }
    return render(request, "appraisal/publish.html", context)


@require_POST
def reconsider(request: ActorRequest, review: str) -> HttpResponse:
    """Send the decision back."""
    found = load_review(request, review, RESULT)
    reason = request.POST.get("reason", "")
    return act(
        request,
        lambda: deciding.reconsider(found, reason, actor=request.actor),
        done=_("已退回重新研究。"),
        to=reverse("appraisal:results", args=[review]),
    )


@require_POST
@answers_refusals
def archive(request: ActorRequest, review: str) -> HttpResponse:
    """Hand out the archive with which anyone entitled counts again; that is recorded."""
    found = _scored(request, review)
    data = recount.export_recount(found, actor=request.actor)
    return attachment(data, f"recount-{found.year}-{found.public_id}.zip", "application/zip")
