"""A vote with a category below the minimum: no page, package or trial shows marks by category."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from shuzhi.appraisal.models import Review
from shuzhi.appraisal.queries.results import current_run, offers_recount
from shuzhi.appraisal.schemes.trial import try_scheme
from shuzhi.appraisal.services import recount
from shuzhi.appraisal.services.preparing import invite_reports, prepare_review
from shuzhi.kernel.errors import RefusedError
from tests.cast import YEAR, Cast

from . import story
from .conftest import PLAN
from .sample import TEMPLATES

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
CATEGORY = "镇领导班子成员"


def scored(cast: Cast, minimum: int) -> Review:
    """Hold a review whose smallest category has three ballots, and score it."""
    actor = cast.actor("commissioner")
    plan = replace(PLAN, min_marks=minimum)
    review = prepare_review(actor=actor, unit=cast.town, year=YEAR, plan=plan, source=TEMPLATES)
    story.score(cast, invite_reports(review, actor=actor))
    return Review.objects.select_related("unit", "poll").get(pk=review.pk)


@pytest.fixture
def small(cast: Cast) -> Review:
    """A review with one category below its minimum."""
    return scored(cast, 4)


def page(browse: Browse, name: str, *values: str) -> str:
    return browse("commissioner").get(reverse(name, args=values)).content.decode()


def test_the_package_is_refused_and_not_offered(cast: Cast, browse: Browse, small: Review) -> None:
    with pytest.raises(RefusedError, match="少于规定的最少票数"):
        recount.export_recount(small, actor=cast.actor("commissioner"))
    archive = reverse("appraisal:archive", args=[small.public_id])
    shown = page(browse, "appraisal:results", small.public_id)
    assert archive not in shown
    assert "不提供复核数据" in shown
    paper = reverse("bulletins:paper", args=[small.public_id, "recount"])
    assert paper not in page(browse, "bulletins:meeting", small.public_id)
    client = browse("commissioner")
    for answer in (client.post(archive), client.get(paper)):
        assert not answer.content.startswith(b"PK")


def test_at_the_minimum_the_package_is_offered(cast: Cast, browse: Browse) -> None:
    review = scored(cast, 3)
    assert offers_recount(review)
    assert recount.export_recount(review, actor=cast.actor("commissioner")).startswith(b"PK")
    archive = reverse("appraisal:archive", args=[review.public_id])
    assert archive in page(browse, "appraisal:results", review.public_id)


@pytest.mark.parametrize("weights", [("100", "0"), ("60", "40")])
def test_a_trial_takes_no_marks_of_that_vote(small: Review, weights: tuple[str, str]) -> None:
    text = small.scheme_text
    for before, after in zip(("A: 60", "B: 40"), weights, strict=True):
        assert before in text
        text = text.replace(before, f"{before[:3]}{after}")
    for tried in (text, text.replace("min_marks: 1", "min_marks: 1\n    within: median")):
        trial = try_scheme(tried, small, {})
        assert trial.faults == ()
        assert any("现场测评" in note and "票数太少" in note for note in trial.notes)
        assert not any(row.earned.get("overall") for row in trial.standings.values())


def test_the_page_why_withholds_the_categories(browse: Browse, small: Review) -> None:
    entrant = small.entrants.get(unit__code="TOWN-01")
    shown = page(browse, "appraisal:result", small.public_id, entrant.public_id)
    assert "分类情况一律不公开" in shown
    assert CATEGORY not in shown


def test_the_page_of_the_vote_withholds_what_raters_did(browse: Browse, small: Review) -> None:
    run = current_run(small)
    assert run is not None
    assert run.withholds_marks
    shown = page(browse, "appraisal:vote", small.public_id)
    assert "一律不显示" in shown
    assert "宽严相差" not in shown
    assert CATEGORY not in shown
