"""The score check: units see their own derivation and object, the organiser answers."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuzhi.appraisal.enums import ReviewState
from shuzhi.appraisal.forms.objection import REJECT, AnswerForm, ObjectionForm, WindowForm
from shuzhi.appraisal.models import Entrant, Objection, Review
from shuzhi.appraisal.queries import objections as queries
from shuzhi.appraisal.queries.scheme import scheme_of
from shuzhi.appraisal.services import objections as verbs
from shuzhi.appraisal.view import Leaf
from shuzhi.kernel.access import Permission, allows, load
from shuzhi.kernel.files import file_response
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, act_on_form, answers_refusals
from shuzhi.kernel.uploads import FileKind, accepts_upload, receive

from .loading import MANAGE, RESULT, load_review, rights

EVIDENCE = (FileKind.PDF, FileKind.PNG, FileKind.JPEG, FileKind.WORD, FileKind.EXCEL)
WRITE = Permission.REPORT_WRITE


def own_objections(request: ActorRequest, who: Entrant) -> dict[str, Any]:
    """Return what a unit's page shows of its objections; the form while they are taken."""
    window = queries.window_of(who.review)
    if window is None:
        return {}
    items = queries.items_of(who)
    free = [(item.id, item.title) for item in items if item.free]
    mine = allows(request.actor, WRITE, who) and queries.is_open(who.review)
    return {
        "window": window,
        "items": [item for item in items if item.objection],
        "withdrawn": queries.withdrawn_of(who),
        "titles": scheme_of(who.review).titles,
        "object_form": ObjectionForm(items=free) if mine and free else None,
        "may_object": mine,
    }


def _load(request: ActorRequest, review: Review, public_id: str, do: Permission) -> Objection:
    rows = Objection.objects.filter(entrant__review=review).select_related(
        "entrant__unit", "entrant__review__unit", "entrant__person", "evidence"
    )
    return load(rows, request.actor, Permission.REPORT_VIEW, do, public_id=public_id)


def _to_result(entrant: Entrant) -> str:
    return reverse("appraisal:result", args=[entrant.review.public_id, entrant.public_id])


def check(request: ActorRequest, review: str) -> HttpResponse:
    """Ask the units to check their scores until a day, or put that day off."""
    found = load_review(request, review, MANAGE)
    window = queries.window_of(found)
    form = WindowForm(request.POST or None, initial={"due": window.due if window else None})
    return act_on_form(
        request,
        form,
        lambda data: verbs.open_window(found, data["due"], actor=request.actor),
        template="appraisal/objections/check.html",
        done=_("各单位的待办里会出现“核对得分”，期满并答复完异议以后才能公布。"),
        to=reverse("appraisal:objections", args=[review]),
        review=found,
        window=window,
        possible=found.state == ReviewState.SCORED,
    )


def objection_list(request: ActorRequest, review: str) -> HttpResponse:
    """List the objections with their answers."""
    found = load_review(request, review, RESULT)
    rows = queries.objections(found)
    context = {
        "review": found,
        "window": queries.window_of(found),
        "rows": queries.standing(rows),
        "withdrawn": queries.taken_back(rows),
        "titles": scheme_of(found).titles,
        "waiting": queries.unanswered(found),
        **rights(request, found),
    }
    return render(request, "appraisal/objections/list.html", context)


@accepts_upload()
@require_POST
@answers_refusals
def lodge(request: ActorRequest, review: str, entrant: str) -> HttpResponse:
    """Object to one item of the own score."""
    found = load_review(request, review)
    rows = Entrant.objects.filter(review=found).select_related("unit", "person", "review__unit")
    who = load(rows, request.actor, Permission.REPORT_VIEW, WRITE, public_id=entrant)
    file = receive(request, "evidence", *EVIDENCE)
    indicator, text = request.POST.get("indicator", ""), request.POST.get("text", "")
    return act(
        request,
        lambda: verbs.lodge_objection(who, indicator, text, file, actor=request.actor),
        done=_("异议已提出，组织评议的单位会答复，答复以后这里看得到。"),
        to=_to_result(who),
    )


@require_POST
def take_back(request: ActorRequest, review: str, objection: str) -> HttpResponse:
    """Take the own objection back."""
    found = load_review(request, review)
    row = _load(request, found, objection, WRITE)
    return act(
        request,
        lambda: verbs.take_back(row, actor=request.actor),
        done=_("异议已撤回。"),
        to=_to_result(row.entrant),
    )


def evidence(request: ActorRequest, review: str, objection: str) -> HttpResponse:
    """Hand the evidence out to whoever may read the objection."""
    found = load_review(request, review)
    row = _load(request, found, objection, Permission.REPORT_VIEW)
    return file_response(row.evidence)


def _leaf(review: Review, indicator: str) -> Leaf:
    return next(leaf for leaf in scheme_of(review).leaves if leaf.id == indicator)


def answer(request: ActorRequest, review: str, objection: str) -> HttpResponse:
    """Answer one objection: put the figure right and score again, or say why not."""
    found = load_review(request, review, MANAGE)
    row = _load(request, found, objection, Permission.REPORT_VIEW)
    leaf = _leaf(found, row.indicator)
    form = AnswerForm(request.POST or None, leaf=leaf)

    def decide(data: dict[str, Any]) -> Any:
        if data["decision"] == REJECT:
            return verbs.reject_objection(row, data["answer"], actor=request.actor)
        return verbs.uphold_objection(row, form.correction, data["answer"], actor=request.actor)

    return act_on_form(
        request,
        form,
        decide,
        template="appraisal/objections/answer.html",
        done=_("已答复。更正了数据的，得分已经重新计算。"),
        to=reverse("appraisal:objections", args=[review]),
        review=found,
        row=row,
        leaf=leaf,
    )
