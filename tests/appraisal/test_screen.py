"""The hall's screen shows nothing before publication, and then the ranking."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from shuzhi.appraisal.enums import ReviewState
from shuzhi.appraisal.models import Review
from shuzhi.appraisal.views.screen import _drawn
from tests.cast import Cast

from .story import score

Browse = Callable[[str], Client]


def test_intervals_span_the_screen() -> None:
    rows = [
        {"low": "80", "total": "85", "high": "90"},
        {"low": "70", "total": "75", "high": "80"},
    ]
    assert [(row["low_x"], row["high_x"]) for row in _drawn(rows)] == [
        ("50.0", "100.0"),
        ("0.0", "50.0"),
    ]
    assert _drawn([]) == []


@pytest.mark.parametrize("state", ReviewState.values)
def test_only_a_published_ranking_is_shown(
    cast: Cast, reporting: Review, browse: Browse, state: str
) -> None:
    score(cast, reporting)
    Review.objects.filter(pk=reporting.pk).update(state=state)
    answer = browse("commissioner").get(reverse("appraisal:screen", args=[reporting.public_id]))
    assert answer.status_code == (200 if state == ReviewState.PUBLISHED else 404)
    assert (cast.communities[0].short_name in answer.content.decode()) == (
        answer.status_code == 200
    )
