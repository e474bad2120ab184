"""Every state of a poll × every step; and the database holds no other state."""

import pytest

from shuzhi.ballots.enums import PollState
from shuzhi.ballots.models import Poll
from shuzhi.ballots.workflow import POLL_FLOW
from shuzhi.kernel.errors import ForbiddenError, MissingFactError, RefusedError
from shuzhi.kernel.workflow import perform
from tests.ballots.support import overall_form, prepare
from tests.cast import Cast
from tests.workflows import assert_database_refuses, cases, unreachable, walk

pytestmark = pytest.mark.django_db
FACTS = {"cards_digest": "0" * 64, "reason": "名单有误"}


@pytest.mark.parametrize(("state", "name"), cases(POLL_FLOW))
def test_every_state_and_step(cast: Cast, state: str, name: str) -> None:
    def make(wanted: str) -> Poll:
        hall = prepare(cast, slips=1)
        Poll.objects.filter(pk=hall.poll.pk).update(state=wanted)
        hall.poll.refresh_from_db()
        return hall.poll

    walk(POLL_FLOW, make, state, name, actor=cast.actor("commissioner"), facts=FACTS)


def test_every_state_can_be_reached_and_no_other_stored(cast: Cast) -> None:
    assert set(POLL_FLOW.states) == set(PollState.values)
    assert not list(unreachable(POLL_FLOW, PollState.DRAFT))
    assert_database_refuses(POLL_FLOW, prepare(cast, slips=1).poll)


@pytest.mark.parametrize("part", ["leader", "inspector", "secretary1", "outsider", "teller1"])
def test_only_the_desk_opens_and_only_the_commissioner_annuls(cast: Cast, part: str) -> None:
    poll = prepare(cast, slips=1).poll
    for name in ("open", "annul"):
        with pytest.raises(ForbiddenError):
            perform(POLL_FLOW, poll, name, actor=cast.actor(part), **FACTS)


def test_annulling_needs_a_reason(cast: Cast) -> None:
    poll = prepare(cast, slips=1).poll
    with pytest.raises(MissingFactError):
        perform(POLL_FLOW, poll, "annul", actor=cast.actor("commissioner"), reason="")


def test_opening_is_refused_with_all_that_is_missing(cast: Cast) -> None:
    form = overall_form(categories=[{"id": "A", "title": "镇领导", "weight": 60}])
    poll = prepare(cast, form, slips=1).poll
    poll.cards.all().delete()
    with pytest.raises(RefusedError, match=r"合计是 60.*名单"):
        perform(POLL_FLOW, poll, "open", actor=cast.actor("commissioner"), **FACTS)
