"""The vote and the ranks seen from outside: patterns, intervals, who can be told apart."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shuzhi.appraisal.computing import MOST_MARKS, variations
from shuzhi.appraisal.models import Review
from shuzhi.appraisal.queries.results import current_run
from shuzhi.appraisal.queries.vote import Agreement, Firm, apart, drawn, firmness, patterns
from tests.cast import Cast

from . import story

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]


@pytest.fixture
def scored(cast: Cast, reporting: Review) -> Review:
    story.score(cast, reporting)
    reporting.refresh_from_db()
    return reporting


def firm(name: str, rank: int, low: int, high: int) -> Firm:
    return Firm(name, name, rank, (low, high), (rank, rank), (rank, rank))


def test_two_units_are_apart_only_when_no_interval_touches() -> None:
    first, second, third = firm("甲", 1, 1, 2), firm("乙", 2, 1, 2), firm("丙", 3, 3, 3)
    assert not apart(first, second)
    assert apart(first, third)
    assert apart(third, first)
    lines = drawn([first, second, third])
    assert [line.alike for line in lines] == [["乙"], ["甲"], []]
    assert lines[0].lines[2] == ("weights", "16.67", "33.33")


def test_every_ranked_unit_has_its_intervals(scored: Review) -> None:
    run = current_run(scored)
    assert run is not None
    rows = firmness(scored, run)
    assert [row.rank for row in rows] == [1, 2, 3]
    assert all(row.best <= row.rank <= row.worst for row in rows)
    assert "results/robustness.csv" in run.manifest


def test_large_votes_are_not_tried_mark_by_mark() -> None:
    assert variations({"ratings.csv": b"x\n" * 10}) == 1000
    assert variations({"ratings.csv": b"x\n" * (MOST_MARKS + 2)}) is None


def test_the_vote_is_described_without_anybody(scored: Review) -> None:
    whole = patterns(scored)
    assert whole["forms"] == 7
    assert {"flat_share", "far_share", "severity_gap"} <= set(whole)


@pytest.mark.parametrize(
    ("alpha", "level"), [("0.9", "firm"), ("0.7", "fair"), ("0.1", "weak"), ("", "")]
)
def test_alpha_in_words(alpha: str, level: str) -> None:
    assert Agreement("总体", "3", alpha).level == level


def test_the_page_costs_the_same_for_few_and_many(browse: Browse, scored: Review) -> None:
    client = browse("commissioner")
    url = reverse("appraisal:vote", args=[scored.public_id])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        assert client.get(url).status_code == 200
    scored.entrants.filter(unit__code="TOWN-03").update(group="别组")
    with CaptureQueriesContext(connection) as again:
        client.get(url, {"one": "TOWN-01", "other": "TOWN-02"})
    assert len(few) == len(again)
    assert len(few) < 30
