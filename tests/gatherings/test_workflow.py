"""Every state × every step of a meeting and of a turn: the table allows it, or nothing changes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from shuzhi.gatherings import queries, services
from shuzhi.gatherings.desk import alarms, desk_of
from shuzhi.gatherings.enums import GatheringState, TurnState
from shuzhi.gatherings.models import Gathering, Turn
from shuzhi.gatherings.workflow import MEETING, TURN
from shuzhi.kernel.errors import ForbiddenError, StateError
from shuzhi.kernel.workflow import perform
from tests.cast import Cast


@pytest.mark.parametrize("state", GatheringState.values)
@pytest.mark.parametrize("step", [t.name for t in MEETING.transitions])
def test_meeting_walk(cast: Cast, meeting: Gathering, state: str, step: str) -> None:
    Gathering.objects.filter(pk=meeting.pk).update(state=state)
    if state in MEETING[step].sources:
        perform(MEETING, meeting, step, actor=cast.actor("desk"))
        assert meeting.state == MEETING[step].target
        return
    with pytest.raises(StateError):
        perform(MEETING, meeting, step, actor=cast.actor("desk"))
    meeting.refresh_from_db()
    assert meeting.state == state


@pytest.mark.parametrize("state", TurnState.values)
@pytest.mark.parametrize("step", [t.name for t in TURN.transitions])
def test_turn_walk(cast: Cast, running: Gathering, state: str, step: str) -> None:
    turn = running.turns.get(position=1)
    Turn.objects.filter(pk=turn.pk).update(state=state)
    if state in TURN[step].sources:
        services.step_turn(turn, step, actor=cast.actor("desk"))
        assert turn.state == TURN[step].target
        return
    with pytest.raises(StateError):
        services.step_turn(turn, step, actor=cast.actor("desk"))
    turn.refresh_from_db()
    assert turn.state == state


def test_no_turn_before_the_meeting_is_open(cast: Cast, meeting: Gathering) -> None:
    with pytest.raises(StateError, match="尚未开始"):
        services.next_turn(meeting, actor=cast.actor("desk"))


def test_two_do_not_speak_at_once(cast: Cast, running: Gathering) -> None:
    services.next_turn(running, actor=cast.actor("desk"))
    second = running.turns.get(position=2)
    with pytest.raises(StateError, match="还在述职"):
        services.step_turn(second, "start", actor=cast.actor("desk"))


def test_next_goes_through_everybody_once(cast: Cast, running: Gathering) -> None:
    names = []
    while turn := services.next_turn(running, actor=cast.actor("desk")):
        names.append(turn.subject)
    assert names == ["TOWN-01", "TOWN-02", "TOWN-03"]
    assert {turn.state for turn in queries.turns(running)} == {TurnState.DONE}


def test_closing_ends_the_turn_under_way(cast: Cast, running: Gathering) -> None:
    desk = cast.actor("desk")
    services.next_turn(running, actor=desk)
    services.close_gathering(running, actor=desk)
    states = [turn.state for turn in queries.turns(running)]
    assert states == [TurnState.DONE, TurnState.WAITING, TurnState.WAITING]
    assert queries.current(queries.turns(running)) is None


def test_two_desks_pressing_next_pass_nobody_over(cast: Cast, running: Gathering) -> None:
    desk, second = cast.actor("desk"), running.turns.get(position=2)
    services.next_turn(running, actor=desk)
    services.next_turn(running, actor=desk, called=second.public_id)
    with pytest.raises(StateError, match="情况已有变化"):
        services.next_turn(running, actor=desk, called=second.public_id)
    states = [turn.state for turn in queries.turns(running)]
    assert states == [TurnState.DONE, TurnState.SPEAKING, TurnState.WAITING]


def test_the_clock_keeps_seconds_over_a_pause(cast: Cast, running: Gathering) -> None:
    desk = cast.actor("desk")
    turn = services.next_turn(running, actor=desk)
    assert turn is not None
    _back(turn, 100)
    services.step_turn(turn, "pause", actor=desk)
    assert queries.seconds(turn) == (turn.spent, 0)
    assert 100 <= turn.spent <= 105
    services.step_turn(turn, "resume", actor=desk)
    services.step_turn(turn, "ask", actor=desk)
    _back(turn, 30)
    services.step_turn(turn, "finish", actor=desk)
    assert 30 <= turn.asked <= 35
    assert 100 <= turn.spent <= 106


def test_the_desk_is_drawn_anew_when_something_needs_a_person(
    cast: Cast, running: Gathering
) -> None:
    turn = services.next_turn(running, actor=cast.actor("desk"))
    assert turn is not None
    calm = desk_of(running)
    _back(turn, calm.clock.limit - 20 if calm.clock else 0)
    soon = desk_of(running)
    assert soon.clock
    assert 0 < soon.clock.left < soon.clock.warn
    assert soon.signature == calm.signature, "the clock itself changes colour"
    _back(turn, soon.clock.limit + 20)
    late = desk_of(running)
    assert late.signature != calm.signature
    assert "述职已超时，请提醒。" in alarms(late)


def test_speaking_again_starts_at_zero(cast: Cast, running: Gathering) -> None:
    turn = services.next_turn(running, actor=cast.actor("desk"))
    assert turn is not None
    _back(turn, 50)
    services.step_turn(turn, "again", actor=cast.actor("desk"))
    assert (turn.spent, turn.running_since) == (0, None)


@pytest.mark.parametrize("part", ["outsider", "secretary1", "leader", "inspector", "audit"])
def test_others_may_not_open(cast: Cast, meeting: Gathering, part: str) -> None:
    with pytest.raises(ForbiddenError):
        services.open_gathering(meeting, actor=cast.actor(part))


def _back(turn: Turn, seconds: int) -> None:
    """Let the turn have begun `seconds` ago."""
    began = timezone.now() - timedelta(seconds=seconds)
    Turn.objects.filter(pk=turn.pk).update(running_since=began)
    turn.refresh_from_db()
