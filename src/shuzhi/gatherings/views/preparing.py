"""Before the meeting: the list, the arrangements, the order."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuzhi.gatherings import services
from shuzhi.gatherings.desk import alarms, desk_of
from shuzhi.gatherings.forms import ArrangementForm
from shuzhi.gatherings.models import Gathering
from shuzhi.gatherings.tables import GATHERINGS
from shuzhi.kernel.access import Permission, allows, visible
from shuzhi.kernel.fields import random_id
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, act_on_form
from shuzhi.kernel.tables import render_list
from shuzhi.kernel.views.guards import needs

from .loading import DESK, PREPARE, load_gathering


@needs(Permission.GATHERING_VIEW)
def gathering_list(request: ActorRequest) -> HttpResponse:
    """List the meetings within reach."""
    rows = Gathering.objects.filter(visible(request.actor, Permission.GATHERING_VIEW, Gathering))
    return render_list(request, GATHERINGS, rows.select_related("unit"))


def gathering_page(request: ActorRequest, gathering: str) -> HttpResponse:
    """Show one meeting: arrangements, attendance, order, and where each thing is done."""
    meeting = load_gathering(request, gathering)
    desk = desk_of(meeting)
    context = {
        "gathering": meeting,
        "desk": desk,
        "alarms": alarms(desk),
        "may_prepare": allows(request.actor, PREPARE, meeting),
        "may_desk": allows(request.actor, DESK, meeting),
    }
    return render(request, "gatherings/detail.html", context)


def arrangements(request: ActorRequest, gathering: str) -> HttpResponse:
    """Change time, place, people in charge and timing."""
    meeting = load_gathering(request, gathering, PREPARE)
    seen = {"seen": meeting.arrangements_digest}
    form = ArrangementForm(request.POST or None, instance=meeting, initial=seen)
    return act_on_form(
        request,
        form,
        lambda data: services.change_gathering(
            meeting, actor=request.actor, seen=data["seen"], **form.changes()
        ),
        template="gatherings/arrangements.html",
        done=_("会议安排已更新。"),
        to=reverse("gatherings:detail", args=[gathering]),
        gathering=meeting,
    )


@require_POST
def draw(request: ActorRequest, gathering: str) -> HttpResponse:
    """Draw the order by lot; the seed is recorded, so the draw can be repeated by anyone."""
    meeting = load_gathering(request, gathering, PREPARE)
    seed = random_id()
    return act(
        request,
        lambda: services.draw_order(meeting, seed, actor=request.actor),
        done=_("已抽签排定次序，抽签种子 %s 已记入记录。") % seed,
        to=reverse("gatherings:detail", args=[gathering]),
    )
