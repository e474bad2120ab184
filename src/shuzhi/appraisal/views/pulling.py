"""Take figures from recorded business: choose, see beside what stands, confirm."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from shuzhi.appraisal.forms.pulling import PullForm
from shuzhi.appraisal.policy import require_sound
from shuzhi.appraisal.queries.pulling import choices, pulled
from shuzhi.appraisal.queries.scheme import scheme_of
from shuzhi.appraisal.services.pulling import pull_figures
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, answers_refusals

from .loading import MANAGE, load_review


@answers_refusals
def pull(request: ActorRequest, review: str) -> HttpResponse:
    """Preview a measure beside the figures; on POST take it in."""
    found = load_review(request, review, MANAGE)
    require_sound(found)
    items = [(leaf.id, leaf.title) for leaf in scheme_of(found).figure_leaves]
    given = request.POST if request.method == "POST" else request.GET
    form = PullForm(given or None, items=items, measures=choices())
    chosen: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    if request.method == "POST" and chosen:
        return act(
            request,
            lambda: pull_figures(
                found, chosen["indicator"], chosen["measure"], actor=request.actor
            ),
            done=lambda count: (
                _("已取数，改动 %(count)d 格，来源写在“数据来源”里。") % {"count": count}
            ),
            to=reverse("appraisal:figures", args=[review]),
        )
    rows = pulled(found, chosen["indicator"], chosen["measure"]) if chosen else []
    context = {
        "review": found,
        "form": form,
        "rows": rows,
        "chosen": chosen,
        "changes": sum(row.changes for row in rows),
    }
    return render(request, "appraisal/pull.html", context)
