"""Temporary accounts of tellers, shown once to be handed over."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shuzhi.ballots.forms import TellerForm
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import answers_refusals
from shuzhi.registry.enums import Role
from shuzhi.registry.services import create_temporary_account

from .loading import MANAGE, load_poll


@never_cache
@require_POST
@answers_refusals
def teller(request: ActorRequest, public_id: str) -> HttpResponse:
    """Open an account for one teller; name and password are shown this once."""
    poll = load_poll(request, public_id, MANAGE)
    form = TellerForm(request.POST)
    if not form.is_valid():
        raise RefusedError(_("请填写计票员的姓名和有效天数（1 至 7 天）。"))
    until = timezone.now() + timedelta(days=form.cleaned_data["days"])
    name = form.cleaned_data["name"]
    opened = create_temporary_account(
        actor=request.actor, name=name, role=Role.TELLER, unit=poll.unit, until=until
    )
    context = {"poll": poll, "opened": opened, "name": name, "until": until}
    return render(request, "ballots/teller.html", context)
