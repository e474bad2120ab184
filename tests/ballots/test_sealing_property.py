"""Sealing keeps the multiset of marks: what was cast, minus what the rules exclude."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuzhi.ballots.queries import receipts, remarks, sealed_marks
from shuzhi.ballots.services import Ballot, cast_ballot, close_poll, seal_poll
from tests.ballots.support import TOPICS, nonce, open_hall, overall_form
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SUBJECTS = ["TOWN-01", "TOWN-02", "TOWN-03"]
ITEMS = TOPICS[:2]
MOST = 8

values = st.sampled_from(["好", "较好", "一般", "差"])
by_item = st.dictionaries(st.sampled_from([item.id for item in ITEMS]), values)
marks = st.dictionaries(st.sampled_from(SUBJECTS), by_item)
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200)
ballots = st.fixed_dictionaries(
    {
        "category": st.sampled_from("AB"),
        "own": st.sampled_from(["", *SUBJECTS]),
        "marks": marks,
        "remarks": st.dictionaries(st.sampled_from(SUBJECTS), texts),
    }
)


def expected(cast_ballots: list[dict[str, Any]]) -> Counter[tuple[str, str, str, str]]:
    """Return the marks that must be left, worked out the slow and plain way."""
    left: Counter[tuple[str, str, str, str]] = Counter()
    for row in cast_ballots:
        for subject, given_marks in row["marks"].items():
            if row["category"] == "B" and subject == row["own"]:
                continue
            for item, value in given_marks.items():
                left[subject, item, row["category"], value] += 1
    return left


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(ballots, max_size=MOST))
def test_sealing_keeps_every_mark_and_no_other(
    cast_once: Cast, cast_ballots: list[dict[str, Any]]
) -> None:
    hall = open_hall(cast_once, overall_form(items=ITEMS), slips=MOST, subjects=SUBJECTS)
    handed = []
    for row in cast_ballots:
        ballot = Ballot(
            marks=row["marks"],
            remarks=row["remarks"],
            own_unit=row["own"] if row["category"] == "B" else None,
        )
        code = hall.codes[row["category"]].pop()
        handed.append(cast_ballot(hall.poll.public_id, code, nonce(), ballot))
    close_poll(actor=hall.actor, poll=hall.poll)
    seal_poll(actor=hall.actor, poll=hall.poll)
    rows = sealed_marks(hall.poll)
    assert Counter((r.subject, r.item, r.category, r.value) for r in rows) == expected(cast_ballots)
    assert receipts(hall.poll) == sorted(handed)
    for subject in SUBJECTS:
        written = [
            " ".join(row["remarks"][subject].split())
            for row in cast_ballots
            if subject in row["remarks"] and (row["category"], row["own"]) != ("B", subject)
        ]
        assert sorted(remarks(hall.poll, subject)) == sorted(filter(None, written))


@pytest.fixture
def cast_once(cast: Cast) -> Cast:
    """The cast, built once for all examples."""
    return cast
