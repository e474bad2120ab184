"""The order of reporting: fixed, drawn so that anyone can repeat it, moved by the desk."""

import pytest

from shuzhi.gatherings import queries, services
from shuzhi.gatherings.models import Gathering
from shuzhi.kernel.errors import ForbiddenError, StateError
from tests.cast import Cast


def order(gathering: Gathering) -> list[str]:
    return [turn.subject for turn in queries.turns(gathering)]


def test_a_draw_can_be_repeated_from_its_seed(cast: Cast, meeting: Gathering) -> None:
    services.draw_order(meeting, "seed-1", actor=cast.actor("commissioner"))
    first = order(meeting)
    services.draw_order(meeting, "seed-2", actor=cast.actor("commissioner"))
    services.draw_order(meeting, "seed-1", actor=cast.actor("commissioner"))
    assert order(meeting) == first
    assert [turn.position for turn in queries.turns(meeting)] == [1, 2, 3]


def test_some_seed_changes_the_order(cast: Cast, meeting: Gathering) -> None:
    seen = set()
    for seed in range(20):
        services.draw_order(meeting, str(seed), actor=cast.actor("commissioner"))
        seen.add(tuple(order(meeting)))
    assert len(seen) > 1


def test_a_waiting_reporter_can_be_moved(cast: Cast, running: Gathering) -> None:
    first, second, third = order(running)
    services.move_turn(running.turns.get(subject=third), 1, actor=cast.actor("desk"))
    assert order(running) == [third, first, second]


def test_nobody_is_moved_once_they_speak(cast: Cast, running: Gathering) -> None:
    turn = services.next_turn(running, actor=cast.actor("desk"))
    assert turn is not None
    with pytest.raises(StateError):
        services.move_turn(turn, 3, actor=cast.actor("desk"))
    with pytest.raises(StateError):
        services.draw_order(running, "late", actor=cast.actor("commissioner"))


@pytest.mark.parametrize("part", ["outsider", "secretary1", "audit"])
def test_others_may_not_order(cast: Cast, meeting: Gathering, part: str) -> None:
    with pytest.raises(ForbiddenError):
        services.draw_order(meeting, "x", actor=cast.actor(part))
