"""Differences between two tellers: both and the desk see them, the desk may decide."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuzhi.ballots import services
from shuzhi.ballots.enums import PollState
from shuzhi.ballots.forms import SettleForm
from shuzhi.ballots.models import Poll
from shuzhi.ballots.queries import cell_words, paper_states
from shuzhi.kernel.access import allows
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act

from .loading import MANAGE, category_of, load_counted, load_poll


def _page(request: ActorRequest, poll: Poll) -> HttpResponse:
    states = paper_states(poll) if poll.state == PollState.CLOSED else []
    words = {row.cell: cell_words(poll, row.cell) for state in states for row in state.differences}
    context = {
        "poll": poll,
        "states": [
            (
                state,
                [
                    (row, words[row.cell], list(zip(state.entries, row.values, strict=True)))
                    for row in state.differences
                ],
            )
            for state in states
        ],
        "may_settle": allows(request.actor, MANAGE, poll),
    }
    return render(request, "ballots/differences.html", context)


def for_desk(request: ActorRequest, public_id: str) -> HttpResponse:
    """Show the differences to whoever prepared the poll."""
    return _page(request, load_poll(request, public_id, MANAGE))


def for_tellers(request: ActorRequest, public_id: str) -> HttpResponse:
    """Show the differences to the tellers, once both have finished."""
    return _page(request, load_counted(request, public_id))


@require_POST
def settle(request: ActorRequest, public_id: str, category: str) -> HttpResponse:
    """Decide one cell."""
    poll = load_poll(request, public_id, MANAGE)
    row = category_of(poll, category)

    def run() -> None:
        form = SettleForm(request.POST)
        if not form.is_valid():
            raise RefusedError(_("请写明裁定的结果和理由。"))
        services.settle_cell(actor=request.actor, poll=poll, category=row.id, **form.cleaned_data)

    to = reverse("ballots:differences", args=[public_id])
    return act(request, run, done=_("已经裁定，理由记录在案。"), to=to)
