"""One step for many at once: what the ticked matters have in common, asked for once."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.uploads import accepts_upload
from shuzhi.matters.bulk import Outcome, common_steps, take_together
from shuzhi.matters.forms import StepForm
from shuzhi.matters.forms.naming import Around
from shuzhi.matters.forms.uploads import FORM_LIMIT
from shuzhi.matters.mechanism import mechanism_of
from shuzhi.matters.models import Matter
from shuzhi.matters.queries.listing import seen, with_names

MOST = 100


def _picked(request: ActorRequest) -> list[Matter]:
    """Return the ticked matters that the reader may see, at most a hundred."""
    keys = (request.POST if request.method == "POST" else request.GET).getlist("pick")[:MOST]
    rows = with_names(seen(request.actor)).filter(public_id__in=keys)
    return list(rows.order_by("due", "pk"))


def bulk(request: ActorRequest) -> HttpResponse:
    """Offer the steps that every ticked matter can take now."""
    found = _picked(request)
    if not found:
        return redirect("matters:list")
    context = {
        "matters": found,
        "steps": common_steps(found, request.actor),
        "query": urlencode([("pick", matter.public_id) for matter in found]),
    }
    return render(request, "matters/bulk.html", context)


@accepts_upload(FORM_LIMIT)
def bulk_step(request: ActorRequest, step: str) -> HttpResponse:
    """Ask once for what the step needs, then take it with each; say which could not."""
    found = _picked(request)
    steps = {row.id: row for row in common_steps(found, request.actor)} if found else {}
    if not found:
        return redirect("matters:list")
    if step not in steps:
        raise Http404
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    mechanism = mechanism_of(found[0].reference)
    form = StepForm(mechanism, steps[step], Around(request.actor), *posted)
    context: dict[str, Any] = {"matters": found, "row": steps[step], "form": form}
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "matters/bulk_step.html", context, status=status)
    outcome: Outcome = take_together(found, form, request.actor)
    return render(request, "matters/bulk_done.html", context | {"outcome": outcome})
