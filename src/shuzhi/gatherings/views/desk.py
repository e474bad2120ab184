"""The control desk and the big screen."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuzhi.gatherings import services
from shuzhi.gatherings.desk import alarms, desk_of, hindrances
from shuzhi.gatherings.forms import MoveForm, RecordForm
from shuzhi.gatherings.workflow import MEETING, TURN
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, act_on_form
from shuzhi.kernel.workflow import available

from .loading import DESK, load_gathering, load_turn


def desk(request: ActorRequest, gathering: str) -> HttpResponse:
    """Show the desk: who reports, the clock, forms in, and what needs a person."""
    meeting = load_gathering(request, gathering, DESK)
    state = desk_of(meeting)
    context = {
        "gathering": meeting,
        "desk": state,
        "alarms": alarms(state),
        "steps": available(TURN, state.current, request.actor) if state.current else [],
        "meeting_steps": available(MEETING, meeting, request.actor),
        "hindrances": hindrances(meeting),
    }
    return render(request, "gatherings/desk.html", context)


def live(request: ActorRequest, gathering: str) -> HttpResponse:
    """Answer the desk and the big screen every two seconds: clock and counts, never a mark."""
    return JsonResponse(desk_of(load_gathering(request, gathering)).live())


def screen(request: ActorRequest, gathering: str) -> HttpResponse:
    """Show the hall who reports, the clock and how many forms are in."""
    state = desk_of(load_gathering(request, gathering))
    return render(request, "gatherings/screen.html", {"gathering": state.gathering, "desk": state})


@require_POST
def open_meeting(request: ActorRequest, gathering: str) -> HttpResponse:
    """Open the meeting and its poll."""
    meeting = load_gathering(request, gathering, DESK)
    return act(
        request,
        lambda: services.open_gathering(meeting, actor=request.actor),
        done=_("会议开始，测评已开放。"),
        to=reverse("gatherings:desk", args=[gathering]),
    )


def close(request: ActorRequest, gathering: str) -> HttpResponse:
    """Ask first: how many slips are out without a form; then close meeting and poll."""
    meeting = load_gathering(request, gathering, DESK)
    if request.method != "POST":
        return render(
            request, "gatherings/close.html", {"gathering": meeting, "desk": desk_of(meeting)}
        )
    return act(
        request,
        lambda: services.close_gathering(meeting, actor=request.actor),
        done=_("会议结束，测评已截止。"),
        to=reverse("gatherings:desk", args=[gathering]),
    )


@require_POST
def next_reporter(request: ActorRequest, gathering: str) -> HttpResponse:
    """Finish whoever reports and call the next, if it is still whom the page named."""
    meeting = load_gathering(request, gathering, DESK)
    called = request.POST.get("called", "")
    return act(
        request,
        lambda: services.next_turn(meeting, actor=request.actor, called=called),
        done="",
        to=reverse("gatherings:desk", args=[gathering]),
    )


@require_POST
def step(request: ActorRequest, gathering: str, turn: str, step: str) -> HttpResponse:
    """Take one step of a turn."""
    meeting = load_gathering(request, gathering, DESK)
    if step not in {known.name for known in TURN.transitions}:
        raise Http404
    row = load_turn(meeting, turn)
    return act(
        request,
        lambda: services.step_turn(row, step, actor=request.actor),
        done="",
        to=reverse("gatherings:desk", args=[gathering]),
    )


@require_POST
def move(request: ActorRequest, gathering: str, turn: str) -> HttpResponse:
    """Put a waiting reporter elsewhere in the order."""
    meeting = load_gathering(request, gathering, DESK)
    row = load_turn(meeting, turn)

    def put() -> None:
        form = MoveForm(request.POST)
        if not form.is_valid():
            raise RefusedError(_("次序要填一个整数。"))
        services.move_turn(row, form.cleaned_data["position"], actor=request.actor)

    return act(request, put, done="", to=reverse("gatherings:desk", args=[gathering]))


def record(request: ActorRequest, gathering: str) -> HttpResponse:
    """Keep the meeting's record in words."""
    meeting = load_gathering(request, gathering, DESK)
    stored = {"record": meeting.record, "seen": meeting.record_digest}
    form = RecordForm(request.POST or None, initial=stored)
    return act_on_form(
        request,
        form,
        lambda data: services.record_minutes(
            meeting, data["record"], actor=request.actor, seen=data["seen"]
        ),
        template="gatherings/record.html",
        done=_("会议记录已保存。"),
        to=reverse("gatherings:detail", args=[gathering]),
        gathering=meeting,
    )
