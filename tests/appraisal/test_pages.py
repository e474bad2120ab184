"""Pages: who may open which in which state, and what they cost."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shuzhi.appraisal.models import Entrant, Review
from shuzhi.appraisal.services import deciding
from tests.cast import Cast

from . import story

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]

# page → the parts that may open it before the meeting; everybody else inside gets 403
INSIDE = ("commissioner", "leader", "inspector", "organiser", "county_leader")
BEFORE: dict[str, set[str]] = {
    "detail": {*INSIDE, "desk", "secretary1", "secretary2"},
    "scheme": {*INSIDE, "desk", "secretary1", "secretary2"},
    "plan": {"commissioner", "organiser"},
    "entrants": {"commissioner", "organiser"},
    "reports": set(INSIDE),
    "figures": set(INSIDE),
    "figures-sheet": set(INSIDE),
    "happening": {"commissioner", "organiser"},
    "veto": {"commissioner", "organiser"},
    "comments": {"commissioner", "organiser", "leader", "county_leader"},
    "problems": set(INSIDE),
    "problem-new": {"commissioner", "organiser", "leader", "county_leader"},
}
PARTS = (*INSIDE, "desk", "secretary1", "secretary2")
OUTSIDE = ("outsider", "system", "security", "audit")


@pytest.mark.parametrize("page", sorted(BEFORE))
def test_each_page_opens_for_whom_it_is_meant(browse: Browse, review: Review, page: str) -> None:
    url = reverse(f"appraisal:{page}", args=[review.public_id])
    opened = {part: browse(part).get(url).status_code for part in PARTS}
    assert opened == {part: 200 if part in BEFORE[page] else 403 for part in PARTS}


@pytest.mark.parametrize("page", sorted(BEFORE))
def test_for_outsiders_the_review_does_not_exist(browse: Browse, review: Review, page: str) -> None:
    url = reverse(f"appraisal:{page}", args=[review.public_id])
    assert {browse(part).get(url).status_code for part in OUTSIDE} == {404}


def test_nobody_reads_another_communitys_report(
    browse: Browse, review: Review, entrants: list[Entrant]
) -> None:
    url = reverse("appraisal:report", args=[review.public_id, entrants[0].public_id])
    assert browse("secretary1").get(url).status_code == 200
    assert browse("secretary2").get(url).status_code == 404
    assert browse("desk").get(url).status_code == 404


@pytest.fixture
def scored(cast: Cast, reporting: Review) -> Review:
    story.score(cast, reporting)
    reporting.refresh_from_db()
    return reporting


def result_url(review: Review, unit: str) -> str:
    entrant = Entrant.objects.get(review=review, unit__code=unit)
    return reverse("appraisal:result", args=[review.public_id, entrant.public_id])


def test_results_stay_inside_until_they_are_published(
    cast: Cast, browse: Browse, scored: Review
) -> None:
    everything = reverse("appraisal:results", args=[scored.public_id])
    own = result_url(scored, "TOWN-01")
    assert browse("commissioner").get(everything).status_code == 200
    assert browse("commissioner").get(own).status_code == 200
    assert browse("secretary1").get(everything).status_code == 403
    assert browse("secretary1").get(own).status_code == 404
    assert browse("desk").get(everything).status_code == 403
    deciding.decide_grades(scored, {}, actor=cast.actor("commissioner"), quota_reason="")
    assert browse("secretary1").get(own).status_code == 404
    deciding.publish_review(scored, actor=cast.actor("leader"))
    page = browse("secretary1").get(own)
    assert page.status_code == 200
    assert "100.00" in page.content.decode()
    assert browse("secretary1").get(result_url(scored, "TOWN-02")).status_code == 404
    assert browse("secretary1").get(everything).status_code == 403


def test_nothing_of_a_score_shows_before_scoring(browse: Browse, reporting: Review) -> None:
    url = reverse("appraisal:results", args=[reporting.public_id])
    assert browse("commissioner").get(url).status_code == 404
    assert browse("commissioner").get(result_url(reporting, "TOWN-01")).status_code == 404


@pytest.mark.parametrize(
    ("part", "pages"),
    [
        ("commissioner", ["list", "create", "results-index"]),
        ("secretary1", ["list", "results-index"]),
    ],
)
def test_lists_open(browse: Browse, scored: Review, part: str, pages: list[str]) -> None:
    for page in pages:
        assert browse(part).get(reverse(f"appraisal:{page}")).status_code in {200, 409}, page


def test_every_page_of_a_scored_review_opens(browse: Browse, scored: Review) -> None:
    entrant = scored.entrants.first()
    assert entrant is not None
    client = browse("commissioner")
    for page in ("detail", "results", "decide", "figures", "problems", "comments", "reports"):
        assert client.get(reverse(f"appraisal:{page}", args=[scored.public_id])).status_code == 200
    for page in ("result", "comment", "report", "exempt"):
        url = reverse(f"appraisal:{page}", args=[scored.public_id, entrant.public_id])
        assert client.get(url).status_code == 200, page


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)
