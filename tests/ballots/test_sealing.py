"""Sealing: what was cast is what is counted, minus what the rules exclude."""

from collections import Counter

import pytest

from shuzhi.ballots.digest import box_digests
from shuzhi.ballots.enums import PollState, SlipState
from shuzhi.ballots.models import BoxEntry, SealedMark, Slip
from shuzhi.ballots.queries import (
    box_digest,
    receipt_counted,
    receipts,
    remarks,
    sealed_marks,
    shows_breakdown,
    statistics,
)
from shuzhi.ballots.services import close_poll, seal_poll
from shuzhi.ballots.services.endings import destroy_spent_keys
from shuzhi.kernel.errors import StateError
from shuzhi.kernel.keys import key_names, read_key
from tests.ballots.support import Hall, open_hall, overall_form
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def end(hall: Hall) -> None:
    close_poll(actor=hall.actor, poll=hall.poll)
    seal_poll(actor=hall.actor, poll=hall.poll)


def test_marks_are_those_cast_and_own_units_are_dropped(cast: Cast) -> None:
    hall = open_hall(cast)
    hall.cast("A", "好")
    hall.cast("B", "差", own_unit="TOWN-01")
    hall.cast("B", "较好")
    end(hall)
    seen = Counter((row.subject, row.category, row.value) for row in sealed_marks(hall.poll))
    expected = Counter(
        (subject, category, value)
        for subject in hall.subjects
        for category, value in (("A", "好"), ("B", "差"), ("B", "较好"))
        if (subject, value) != ("TOWN-01", "差")
    )
    assert seen == expected


def test_a_poll_must_be_closed_before_it_is_sealed(cast: Cast) -> None:
    hall = open_hall(cast)
    hall.cast("A")
    with pytest.raises(StateError):
        seal_poll(actor=hall.actor, poll=hall.poll)
    assert sealed_marks(hall.poll) == []


def test_nothing_of_box_and_phones_is_left(cast: Cast) -> None:
    hall = open_hall(cast)
    hall.cast("A")
    end(hall)
    assert not BoxEntry.objects.exists()
    assert not Slip.objects.exclude(used_hash="").exists()
    assert Slip.objects.filter(state=SlipState.LATE).count() == 11
    assert hall.poll.state == PollState.SEALED


def test_keys_are_destroyed_once_the_sealing_has_committed(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    hall = open_hall(cast)
    hall.cast("A")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        end(hall)
    for name in ("box", "slips"):
        with pytest.raises(FileNotFoundError):
            read_key(f"{name}-{hall.poll.public_id.lower()}")


def test_a_receipt_shows_that_the_ballot_was_counted_in(cast: Cast) -> None:
    hall = open_hall(cast)
    mine = [hall.cast("A") for _ in range(4)]
    assert not receipt_counted(hall.poll, mine[0])
    end(hall)
    assert receipts(hall.poll) == sorted(mine)
    assert receipt_counted(hall.poll, mine[2])
    assert not receipt_counted(hall.poll, "222222222222")


def test_labels_are_fresh_for_each_subject_and_item(cast: Cast) -> None:
    hall = open_hall(cast)
    for _ in range(5):
        hall.cast("A")
    end(hall)
    labels = SealedMark.objects.values_list("label", flat=True)
    assert len(set(labels)) == len(labels)


def test_remarks_lose_category_and_hand(cast: Cast) -> None:
    hall = open_hall(cast)
    hall.cast("A", remarks={"TOWN-01": "多到居民家里走走", "TOWN-02": "  "})
    hall.cast("B", own_unit="TOWN-01", remarks={"TOWN-01": "自评"})
    end(hall)
    assert remarks(hall.poll, "TOWN-01") == ["多到居民家里走走"]
    assert remarks(hall.poll, "TOWN-02") == []


def test_no_remark_can_keep_a_poll_from_being_sealed(cast: Cast) -> None:
    hall = open_hall(cast)
    hall.cast("A", remarks={"TOWN-01": "多到\x00居民家\x01里\uffff", "TOWN-02": "\x00"})
    end(hall)
    assert remarks(hall.poll, "TOWN-01") == ["多到居民家里"]
    assert remarks(hall.poll, "TOWN-02") == []


def test_the_digest_is_recorded_and_can_be_computed_again(cast: Cast) -> None:
    hall = open_hall(cast)
    hall.cast("A", remarks={"TOWN-01": "好"})
    end(hall)
    assert box_digest(hall.poll) == box_digests(hall.poll)["box"]
    SealedMark.objects.filter(subject="TOWN-01").update(value="差")
    assert box_digest(hall.poll) != box_digests(hall.poll)["box"]


def test_one_category_below_the_minimum_withholds_the_whole_breakdown(cast: Cast) -> None:
    hall = open_hall(cast, overall_form(min_marks=2))
    for _ in range(3):
        hall.cast("A")
    hall.cast("B")
    hall.cast("B", own_unit="TOWN-03")
    end(hall)
    assert not shows_breakdown(hall.poll)


def test_the_breakdown_is_shown_when_every_category_has_enough(cast: Cast) -> None:
    hall = open_hall(cast, overall_form(min_marks=2))
    for category in "AABB":
        hall.cast(category)
    assert not shows_breakdown(hall.poll)
    end(hall)
    assert shows_breakdown(hall.poll)


def test_statistics_speak_of_categories_and_below_the_minimum_of_forms_only(cast: Cast) -> None:
    hall = open_hall(cast, overall_form(min_marks=3))
    for mark in ("好", "较好", "差"):
        hall.cast("A", mark)
    hall.cast("B", "差")
    end(hall)
    found = statistics(hall.poll)
    assert found["B"] == {"forms": 1, "blank": 0}
    assert found["A"]["severity_mean"] == "78.33"
    assert found["A"]["severity_spread"] == "20.95"
    assert found["A"]["flat_share"] == "100.00"


def test_keys_that_a_crash_has_left_are_destroyed_by_the_worker(cast: Cast) -> None:
    hall = open_hall(cast)
    running = open_hall(cast)
    end(hall)  # within a test's transaction nothing commits: as if the power failed right then
    assert len(key_names("box-")) == 2
    destroy_spent_keys()
    assert key_names("box-") == [f"box-{running.poll.public_id.lower()}"]
    assert key_names("slips-") == [f"slips-{running.poll.public_id.lower()}"]
