"""The hall's screen shows nothing before publication, and then the ranking."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from shuzhi.appraisal.enums import ReviewState
from shuzhi.appraisal.models import Review
from shuzhi.appraisal.queries.results import results
from shuzhi.appraisal.views.screen import _drawn
from tests.cast import Cast

from .story import score

Browse = Callable[[str], Client]


def test_intervals_span_the_screen() -> None:
    rows = [
        {"low": Decimal(80), "total": Decimal(85), "high": Decimal(90)},
        {"low": Decimal(70), "total": Decimal(75), "high": Decimal(80)},
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


def test_each_row_says_rank_score_and_grade(cast: Cast, reporting: Review, browse: Browse) -> None:
    score(cast, reporting)
    Review.objects.filter(pk=reporting.pk).update(state=ReviewState.PUBLISHED)
    page = browse("commissioner").get(reverse("appraisal:screen", args=[reporting.public_id]))
    shown = [(row["rank"], row["shown"], row["grade"]) for row in page.context["ranking"]]
    stored = results(reporting).exclude(rank=None)
    assert shown == [(row.rank, row.shown_total, row.computed_grade) for row in stored]
    for rank, total, grade in shown:
        for cell in (f'aps-rank">{rank}<', f'aps-score">{total}<', f'aps-grade">{grade}<'):
            assert cell in page.content.decode()
