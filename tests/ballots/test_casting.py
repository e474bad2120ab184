"""Casting: one slip one ballot, the same request the same receipt, plain sentences otherwise."""

import pytest

from shuzhi.ballots.enums import SlipState
from shuzhi.ballots.models import BoxEntry, Slip
from shuzhi.ballots.pace import BURST
from shuzhi.ballots.services import (
    Ballot,
    SlipError,
    annul_poll,
    cancel_slip,
    cast_ballot,
    check_slip,
    close_poll,
    seal_poll,
)
from shuzhi.kernel.models import AuditEvent
from tests.ballots.support import HUNDRED, TOPICS, Hall, nonce, open_hall, overall_form, prepare
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def refused(hall: Hall, code: str, ballot: Ballot | None = None) -> str:
    with pytest.raises(SlipError) as caught:
        cast_ballot(hall.poll.public_id, code, nonce(), ballot or Ballot())
    assert str(caught.value)
    return caught.value.code


def test_a_ballot_uses_one_slip_and_leaves_one_ciphertext(cast: Cast) -> None:
    hall = open_hall(cast)
    before = AuditEvent.objects.count()
    receipt = hall.cast("A")
    assert len(receipt) == 12
    assert Slip.objects.filter(state=SlipState.USED).count() == 1
    assert BoxEntry.objects.count() == 1
    assert AuditEvent.objects.count() == before  # an event would be a time


def test_the_same_nonce_gets_the_same_receipt_and_stores_nothing_more(cast: Cast) -> None:
    hall = open_hall(cast)
    code, same = hall.codes["A"][0], nonce()
    first = cast_ballot(hall.poll.public_id, code, same, Ballot())
    assert cast_ballot(hall.poll.public_id, code, same, Ballot()) == first
    assert BoxEntry.objects.count() == 1
    close_poll(actor=hall.actor, poll=hall.poll)
    assert cast_ballot(hall.poll.public_id, code, same, Ballot()) == first


def test_a_used_slip_is_refused_with_another_nonce(cast: Cast) -> None:
    hall = open_hall(cast)
    code = hall.codes["A"][0]
    cast_ballot(hall.poll.public_id, code, nonce(), Ballot())
    assert refused(hall, code) == "used"


def test_codes_are_read_as_people_type_them(cast: Cast) -> None:
    hall = open_hall(cast)
    code = hall.codes["A"][0]
    assert check_slip(hall.poll.public_id, f" {code[:5].lower()}-{code[5:].lower()} ").id == "A"


def test_unknown_cancelled_early_late_and_annulled_slips_say_so(cast: Cast) -> None:
    early = prepare(cast)
    assert refused(early, early.codes["A"][0]) == "early"
    hall = open_hall(cast)
    assert refused(hall, "2222222222") == "unknown"
    cancel_slip(actor=hall.actor, poll=hall.poll, code=hall.codes["A"][0])
    assert refused(hall, hall.codes["A"][0]) == "cancelled"
    close_poll(actor=hall.actor, poll=hall.poll)
    assert refused(hall, hall.codes["A"][1]) == "late"
    seal_poll(actor=hall.actor, poll=hall.poll)
    assert refused(hall, hall.codes["A"][2]) == "sealed"
    annul_poll(actor=early.actor, poll=early.poll, reason="名单有误")
    assert refused(early, early.codes["A"][0]) == "annulled"


def test_guesses_are_paced_but_a_right_code_passes(cast: Cast) -> None:
    hall = open_hall(cast)
    answers = {refused(hall, f"{number:0>10}") for number in range(BURST + 5)}
    assert answers == {"unknown", "busy"}
    assert hall.cast("A")


@pytest.mark.parametrize(
    ("ballot", "words"),
    [
        ({"marks": {"NOWHERE": {"overall": "好"}}}, "NOWHERE"),
        ({"marks": {"TOWN-01": {"other": "好"}}}, "other"),
        ({"marks": {"TOWN-01": {"overall": "很好"}}}, "很好"),
        ({"remarks": {"NOWHERE": "意见"}}, "NOWHERE"),
        ({"remarks": {"TOWN-01": "长" * 201}}, "200"),
    ],
)
def test_bad_ballots_are_refused_whole(cast: Cast, ballot: dict[str, object], words: str) -> None:
    hall = open_hall(cast)
    with pytest.raises(SlipError, match=words):
        cast_ballot(hall.poll.public_id, hall.codes["A"][0], nonce(), Ballot.model_validate(ballot))
    assert check_slip(hall.poll.public_id, hall.codes["A"][0]).id == "A"
    assert not BoxEntry.objects.exists()


@pytest.mark.parametrize("value", ["-1", "101", "99.5", "", "٣", "1e1", "007"])
def test_numbers_outside_the_scale_are_refused(cast: Cast, value: str) -> None:
    hall = open_hall(cast, overall_form(scale=HUNDRED))
    ballot = Ballot(marks={"TOWN-01": {"overall": value}})
    assert refused(hall, hall.codes["A"][0], ballot) == "invalid"


def test_own_unit_is_asked_where_the_category_recuses(cast: Cast) -> None:
    hall = open_hall(cast)
    code = hall.codes["B"][0]
    assert refused(hall, code, Ballot()) == "invalid"
    assert refused(hall, code, Ballot(own_unit="NOWHERE")) == "invalid"
    assert cast_ballot(hall.poll.public_id, code, nonce(), Ballot(own_unit="TOWN-01"))


def test_remarks_are_refused_where_none_are_asked(cast: Cast) -> None:
    hall = open_hall(cast, overall_form(remark=False))
    ballot = Ballot(remarks={"TOWN-01": "意见"})
    assert refused(hall, hall.codes["A"][0], ballot) == "invalid"


def test_all_ballots_of_a_poll_have_one_length(cast: Cast) -> None:
    hall = open_hall(cast, overall_form(items=TOPICS))
    hall.cast("A", marks={}, remarks={})
    hall.cast("A", remarks=dict.fromkeys(hall.subjects, "𠀀" * 200))
    hall.cast("B", mark="较好", own_unit="TOWN-01")
    assert len({len(entry.ciphertext) for entry in BoxEntry.objects.all()}) == 1
