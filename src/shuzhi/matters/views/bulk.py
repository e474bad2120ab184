"""For many at once: a step that they have in common, pressing for them, another owner."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act_on_form
from shuzhi.kernel.uploads import accepts_upload
from shuzhi.matters import services
from shuzhi.matters.bulk import Outcome, common_parties, common_steps, each, take_together
from shuzhi.matters.forms import StepForm
from shuzhi.matters.forms.naming import Around
from shuzhi.matters.forms.sharing import PartyForm
from shuzhi.matters.forms.uploads import FORM_LIMIT
from shuzhi.matters.mechanism import mechanism_of
from shuzhi.matters.models import Matter
from shuzhi.matters.queries.listing import seen, with_names
from shuzhi.matters.rights import may_urge
from shuzhi.matters.standing import read_standings

MOST = 100


def _picked(request: ActorRequest) -> list[Matter]:
    """Return the ticked matters that the reader may see, at most a hundred."""
    keys = (request.POST if request.method == "POST" else request.GET).getlist("pick")[:MOST]
    rows = with_names(seen(request.actor)).filter(public_id__in=keys)
    found = list(rows.select_related("unit__parent", "state").order_by("due", "pk"))
    read_standings(found, request.actor)
    return found


def bulk(request: ActorRequest) -> HttpResponse:
    """Offer the steps that every ticked matter can take now."""
    found = _picked(request)
    if not found:
        return redirect("matters:list")
    context = {
        "urgeable": [one for one in found if may_urge(one, request.actor)],
        "parties": common_parties(found, request.actor),
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
    done = steps[step].label
    context: dict[str, Any] = {"matters": found, "row": steps[step], "done": done, "form": form}
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "matters/bulk_step.html", context, status=status)
    outcome: Outcome = take_together(found, form, request.actor)
    return render(request, "matters/bulk_done.html", context | {"outcome": outcome})


@require_POST
def bulk_urge(request: ActorRequest) -> HttpResponse:
    """Press for each ticked matter; say which could not be pressed for."""
    words = request.POST.get("words", "")
    outcome = each(
        _picked(request), lambda one: services.urge(actor=request.actor, matter=one, words=words)
    )
    return render(request, "matters/bulk_done.html", {"outcome": outcome, "done": _("催办")})


def bulk_party(request: ActorRequest, party: str) -> HttpResponse:
    """Put another unit or person in a party's place in every ticked matter, or in none."""
    found = _picked(request)
    if not found:
        return redirect("matters:list")
    rows = {row.id: row for row in common_parties(found, request.actor)}
    if party not in rows:
        raise Http404
    form = PartyForm(rows[party], Around(request.actor), request.POST or None, adds=False)
    return act_on_form(
        request,
        form,
        lambda data: services.reassign_many(
            actor=request.actor, matters=found, party=party, **data
        ),
        template="matters/bulk_party.html",
        done=ngettext("已改派 %d 件。", "已改派 %d 件。", len(found)) % len(found),
        to=reverse("matters:list"),
        matters=found,
        party=rows[party],
    )
