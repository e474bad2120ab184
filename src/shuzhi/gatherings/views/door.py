"""The door: sign in by category, quorum in view."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from shuzhi.gatherings import queries, services
from shuzhi.gatherings.enums import Presence
from shuzhi.gatherings.forms import PresenceForm
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act

from .loading import DESK, load_attendee, load_gathering


def door(request: ActorRequest, gathering: str) -> HttpResponse:
    """Show the roll by category with one tap a person."""
    meeting = load_gathering(request, gathering, DESK)
    rows = queries.attendance(meeting)
    context = {
        "gathering": meeting,
        "attendance": rows,
        "quorum": queries.quorum_of(rows, meeting.quorum_percent),
        "people": queries.roll_by_category(meeting),
    }
    return render(request, "gatherings/door.html", context)


@require_POST
def presence(request: ActorRequest, gathering: str, attendee: str) -> HttpResponse:
    """Note how one person stands."""
    meeting = load_gathering(request, gathering, DESK)
    person = load_attendee(meeting, attendee)
    form = PresenceForm(request.POST)
    chosen = Presence(form.data["presence"]) if form.is_valid() else Presence.EXPECTED
    return act(
        request,
        lambda: services.sign_in(
            person, chosen, actor=request.actor, substitute=form.cleaned_data.get("substitute", "")
        ),
        done=f"{person.name} · {chosen.label}",
        to=f"{reverse('gatherings:door', args=[gathering])}#p-{attendee}",
    )
