"""Publish a scheme, take it out of use, apply it to a review."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuzhi.appraisal.models import SchemeDraft
from shuzhi.appraisal.queries import schemes as queries
from shuzhi.appraisal.schemes.differences import differences
from shuzhi.appraisal.schemes.faults import tell
from shuzhi.appraisal.services import schemes as verbs
from shuzhi.appraisal.views.loading import load_review
from shuzhi.engine.scheme import Faults, parse_scheme
from shuzhi.kernel.access import load_or_none
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, answers_refusals

from .loading import MANAGE, PUBLISH, load_scheme, rights, url


def _readiness(draft: SchemeDraft) -> dict[str, Any]:
    try:
        parse_scheme(draft.text)
    except Faults as error:
        return {"faults": [tell(fault)[1] for fault in error.faults]}
    if draft.last is None:
        return {}
    try:
        return {"differences": differences(draft.last.scheme_text, draft.text, draft.mapping)}
    except Faults:
        return {}


def scheme_publish(request: ActorRequest, scheme: str) -> HttpResponse:
    """Show what publishing means and what changed since last year; on POST publish."""
    found = load_scheme(request, scheme, PUBLISH)
    if request.method == "POST":
        return act(
            request,
            lambda: verbs.publish_scheme(found, actor=request.actor),
            done=lambda done: (
                _("已发布第 %(version)d 版，制度库里查得到，文本不再改动。")
                % {"version": done.version}
            ),
            to=url(found),
        )
    context = _readiness(found) | {"last": found.last, **rights(request, found)}
    return render(request, "appraisal/schemes/publish.html", context)


@require_POST
def scheme_withdraw(request: ActorRequest, scheme: str) -> HttpResponse:
    """Take a version out of use."""
    found = load_scheme(request, scheme, PUBLISH)
    reason = request.POST.get("reason", "")
    return act(
        request,
        lambda: verbs.withdraw_scheme(found, reason, actor=request.actor),
        done=_("已停用。已经采用它的评议仍按它计分。"),
        to=url(found),
    )


@require_POST
@answers_refusals
def scheme_apply(request: ActorRequest, review: str) -> HttpResponse:
    """Score a review by a published version."""
    found = load_review(request, review, MANAGE)
    rows = SchemeDraft.objects.select_related("unit")
    wanted = request.POST.get("scheme", "")
    chosen = load_or_none(rows, request.actor, queries.SEE, public_id=wanted)
    if chosen is None:
        raise RefusedError(_("请选一份已发布的方案。"))
    return act(
        request,
        lambda: verbs.apply_scheme(found, chosen, actor=request.actor),
        done=_("本次评议采用“%(title)s”第 %(version)d 版，测评票已随之调整。")
        % {"title": chosen.title, "version": chosen.version or 0},
        to=reverse("appraisal:scheme", args=[review]),
    )
