"""The commissioner's pages: list, one poll, its form, the steps of its life."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from shuzhi.ballots import services
from shuzhi.ballots.enums import PaperMode, PollState
from shuzhi.ballots.forms import (
    CategoryFormSet,
    PollEditForm,
    ReasonForm,
    initial_categories,
    initial_of,
)
from shuzhi.ballots.models import Poll
from shuzhi.ballots.prints import public_root
from shuzhi.ballots.queries import (
    paper_states,
    progress,
    readiness,
    shows_breakdown,
    statistics,
    tellers_of,
)
from shuzhi.ballots.tables import POLLS, state_badge
from shuzhi.ballots.workflow import POLL_FLOW
from shuzhi.kernel.access import Permission, allows, visible
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act
from shuzhi.kernel.tables import render_list
from shuzhi.kernel.views.guards import needs
from shuzhi.kernel.workflow import available
from shuzhi.registry.queries import unit_at

from .loading import MANAGE, load_poll

STEPS = {
    "open": (services.open_poll, gettext_lazy("测评已经开始，手机可以扫码填写。")),
    "close": (services.close_poll, gettext_lazy("测评已经截止。纸质票录完、对上以后就可以封存。")),
    "seal": (services.seal_poll, gettext_lazy("票箱已经封存，密钥已经销毁。")),
}


@needs(Permission.POLL_VIEW)
def poll_list(request: ActorRequest) -> HttpResponse:
    """List the polls within reach."""
    rows = Poll.objects.filter(visible(request.actor, Permission.POLL_VIEW, Poll))
    may = request.actor.has(MANAGE)
    return render_list(
        request, POLLS, rows.select_related("unit"), "ballots/polls.html", may_create=may
    )


def poll_page(request: ActorRequest, public_id: str) -> HttpResponse:
    """Show one poll: what is not ready, slips and paper by category, the next step."""
    poll = load_poll(request, public_id)
    rows = progress(poll)
    faults = readiness(poll) if poll.state == PollState.DRAFT else []
    paper = paper_states(poll) if poll.state == PollState.CLOSED else []
    barred = {"open"} if any(fault.blocking for fault in faults) else set()
    barred |= {"seal"} if any(state.faults for state in paper) else set()
    steps = available(POLL_FLOW, poll, request.actor)
    context = {
        "poll": poll,
        "badge": state_badge(poll),
        "steps": [step for step in steps if step.name not in barred],
        "may_manage": allows(request.actor, MANAGE, poll),
        "tellers": tellers_of(poll) if allows(request.actor, MANAGE, poll) else None,
        "faults": faults,
        "progress": rows,
        "out": sum(row.unused for row in rows),
        "paper": paper,
        "root": public_root(request),
        "phone": public_root(request) + reverse("ballots:phone", args=[public_id]),
    }
    return render(request, "ballots/poll.html", context)


@require_POST
def step(request: ActorRequest, public_id: str, name: str) -> HttpResponse:
    """Open, close or seal."""
    poll = load_poll(request, public_id)
    if name not in STEPS:
        raise Http404
    verb, done = STEPS[name]
    to = reverse("ballots:poll", args=[public_id])
    return act(request, lambda: verb(actor=request.actor, poll=poll), done=done, to=to)


@require_POST
def annul(request: ActorRequest, public_id: str) -> HttpResponse:
    """Declare the poll void, with the reason."""
    poll = load_poll(request, public_id, MANAGE)

    def run() -> None:
        form = ReasonForm(request.POST)
        if not form.is_valid():
            raise RefusedError(_("请写明作废的原因。"))
        services.annul_poll(actor=request.actor, poll=poll, reason=form.cleaned_data["reason"])

    to = reverse("ballots:poll", args=[public_id])
    return act(request, run, done=_("这次测评已经作废，收到的票已经销毁。"), to=to)


def _save(request: ActorRequest, form: PollEditForm, rows: Any, poll: Poll | None) -> Poll:
    asked = form.poll_form(rows, poll)
    title, mode = form.cleaned_data["title"], PaperMode(form.cleaned_data["paper_mode"])
    if poll is None:
        unit = unit_at(request.actor.home_path)
        poll = services.create_poll(actor=request.actor, title=title, unit=unit, form=asked)
    return services.change_form(
        actor=request.actor, poll=poll, form=asked, title=title, paper_mode=mode
    )


def _edit(request: ActorRequest, poll: Poll | None) -> HttpResponse:
    """Show or save the form; what was typed stays when it is refused."""
    initial = initial_of(poll) if poll else {}
    form = PollEditForm(request.POST or None, initial=initial)
    rows = CategoryFormSet(request.POST or None, initial=initial_categories(poll), prefix="c")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        try:
            saved = _save(request, form, rows, poll)
        except RefusedError as error:
            form.add_error(None, str(error.message))
        except forms.ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("ballots:poll", public_id=saved.public_id)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "rows": rows, "poll": poll}
    return render(request, "ballots/edit.html", context, status=status)


def create(request: ActorRequest) -> HttpResponse:
    """Create a poll of the actor's own unit."""
    if not request.actor.has(MANAGE):
        raise Http404
    return _edit(request, None)


def edit(request: ActorRequest, public_id: str) -> HttpResponse:
    """Change a poll in preparation."""
    return _edit(request, load_poll(request, public_id, MANAGE))


def about(request: ActorRequest, public_id: str) -> HttpResponse:
    """Show what may be said about the vote after sealing: turnout and raters by category."""
    poll = load_poll(request, public_id)
    said = statistics(poll)
    rows = [(row, said.get(row.category, {})) for row in progress(poll)]
    context = {
        "poll": poll,
        "badge": state_badge(poll),
        "rows": rows,
        "sealed": poll.state == PollState.SEALED,
        "breakdown": shows_breakdown(poll),
    }
    return render(request, "ballots/about.html", context)
