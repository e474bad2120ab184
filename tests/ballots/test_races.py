"""Races with real threads: double clicks, two phones with one slip, casting against closing."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from shuzhi.ballots.enums import SlipState
from shuzhi.ballots.models import BoxEntry, Slip
from shuzhi.ballots.services import Ballot, SlipError, cast_ballot, close_poll
from shuzhi.kernel.keys import read_key
from tests.ballots.support import Hall, nonce, open_hall
from tests.cast import build_cast

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 8


def together(*deeds: Callable[[], str]) -> list[str]:
    """Run the deeds at the same moment, each in a thread with a connection of its own."""
    gate = threading.Barrier(len(deeds))

    def run(deed: Callable[[], str]) -> str:
        gate.wait()
        try:
            return deed()
        except SlipError as error:
            return error.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


@pytest.fixture
def hall() -> Hall:
    return open_hall(build_cast(), slips=ROUNDS)


def casting(hall: Hall, code: str, given: str) -> Callable[[], str]:
    return lambda: cast_ballot(hall.poll.public_id, code, given, Ballot())


def test_a_double_click_is_one_ballot_with_one_receipt(hall: Hall) -> None:
    for code in hall.codes["A"]:
        click = casting(hall, code, nonce())
        one, other = together(click, click)
        assert one == other
        assert len(one) == 12
    assert BoxEntry.objects.count() == ROUNDS


def test_of_two_phones_with_one_slip_one_wins(hall: Hall) -> None:
    for code in hall.codes["A"]:
        answers = together(casting(hall, code, nonce()), casting(hall, code, nonce()))
        assert sorted(map(len, answers)) == [len("used"), 12]
    assert BoxEntry.objects.count() == ROUNDS


def test_who_has_a_receipt_is_counted_and_who_is_late_is_not(hall: Hall) -> None:
    deeds = [casting(hall, code, nonce()) for code in hall.codes["A"]]

    def close() -> str:
        close_poll(actor=hall.actor, poll=hall.poll)
        return "closed"

    answers = together(*deeds[: ROUNDS // 2], close, *deeds[ROUNDS // 2 :])
    receipts = [answer for answer in answers if len(answer) == 12]
    assert set(answers) - set(receipts) <= {"closed", "late"}
    assert BoxEntry.objects.count() == len(receipts)
    assert Slip.objects.filter(state=SlipState.USED).count() == len(receipts)
    assert not Slip.objects.filter(state=SlipState.UNUSED).exists()


def test_many_phones_at_once_leave_as_many_ballots(hall: Hall) -> None:
    deeds = [casting(hall, code, nonce()) for code in hall.codes["A"]]
    receipts = together(*deeds)
    assert len(set(receipts)) == ROUNDS
    assert BoxEntry.objects.count() == ROUNDS
    assert read_key(f"box-{hall.poll.public_id.lower()}")
