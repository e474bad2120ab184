"""The roll: who is called, typed or from a sheet."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuzhi.gatherings import services, sheets
from shuzhi.gatherings.forms import CallForm
from shuzhi.gatherings.tables import ROLL
from shuzhi.kernel.access import allows
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, act_on_form
from shuzhi.kernel.tables import render_list
from shuzhi.kernel.uploads import MIB, FileKind, accepts_upload, receive

from .loading import DESK, PREPARE, load_attendee, load_gathering

SHEET_LIMIT = 5 * MIB


def roll(request: ActorRequest, gathering: str) -> HttpResponse:
    """List those called; searchable, and out to Excel in the format that comes in again."""
    meeting = load_gathering(request, gathering)
    return render_list(
        request,
        ROLL,
        meeting.attendees.select_related("gathering"),
        template="gatherings/roll.html",
        gathering=meeting,
        form=CallForm(meeting),
        may_desk=allows(request.actor, DESK, meeting),
        may_prepare=allows(request.actor, PREPARE, meeting),
    )


@require_POST
def call(request: ActorRequest, gathering: str) -> HttpResponse:
    """Add one person."""
    meeting = load_gathering(request, gathering, DESK)
    return act_on_form(
        request,
        CallForm(meeting, request.POST),
        lambda data: services.call_attendees(meeting, [data], actor=request.actor)[0],
        template="gatherings/call.html",
        done=lambda person: _("%s 已列入名单。") % person.name,
        to=reverse("gatherings:roll", args=[gathering]),
        gathering=meeting,
    )


@accepts_upload(SHEET_LIMIT)
def roll_sheet(request: ActorRequest, gathering: str) -> HttpResponse:
    """Hand out the sheet (GET), or replace the roll by one that was filled in (POST)."""
    meeting = load_gathering(request, gathering, PREPARE)
    if request.method != "POST":
        return sheets.roll_response(meeting)

    def replace() -> None:
        upload = receive(request, "sheet", FileKind.EXCEL, FileKind.CSV, limit=SHEET_LIMIT)
        calls = sheets.read_roll(meeting, upload)
        services.import_attendees(meeting, calls, actor=request.actor)

    return act(
        request,
        replace,
        done=_("名单已按表格更新。"),
        to=reverse("gatherings:roll", args=[gathering]),
    )


@require_POST
def remove(request: ActorRequest, gathering: str, attendee: str) -> HttpResponse:
    """Take somebody off the roll."""
    meeting = load_gathering(request, gathering, PREPARE)
    person = load_attendee(meeting, attendee)
    return act(
        request,
        lambda: services.remove_attendee(person, actor=request.actor),
        done=_("%s 已从名单中删去。") % person.name,
        to=reverse("gatherings:roll", args=[gathering]),
    )
