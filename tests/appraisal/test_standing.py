"""Who is behind and why, as home shows it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from shuzhi.appraisal.models import Entrant, Review
from shuzhi.appraisal.services.reports import save_section
from shuzhi.appraisal.standing import review_standings
from shuzhi.kernel.scope import KEY
from tests.cast import YEAR, Cast

from . import story
from .sample import LONG, TOPICS

pytestmark = pytest.mark.django_db


def due(review: Review, days: int) -> None:
    review.reports_due = timezone.localdate() + timedelta(days=days)
    review.save()


def test_reports_are_told_apart_by_how_far_they_are(cast: Cast, reporting: Review) -> None:
    due(reporting, 3)
    first = Entrant.objects.get(review=reporting, unit__code="TOWN-02")
    save_section(first.report, TOPICS[0]["id"], LONG, 0, actor=cast.actor("secretary2"))
    (picture,) = review_standings(cast.actor("leader"), YEAR)
    assert [(str(part.word), part.count, part.start) for part in picture.parts] == [
        ("在写", 1, 0),
        ("没有动笔", 2, 1),
    ]
    assert [row.why for row in picture.behind] == [
        "报告没有动笔 · 还有 3 天",
        "报告没有动笔 · 还有 3 天",
        f"报告写了 1 / {len(TOPICS)} 部分 · 还有 3 天",
    ]
    assert not any(row.late for row in picture.behind)


def test_after_the_deadline_they_are_late(cast: Cast, reporting: Review) -> None:
    due(reporting, -2)
    (picture,) = review_standings(cast.actor("leader"), YEAR)
    assert all(row.late for row in picture.behind)
    assert "已逾期 2 天" in picture.behind[0].why


def test_the_lowest_results_name_their_dearest_losses(cast: Cast, reporting: Review) -> None:
    story.score(cast, reporting)
    (picture,) = review_standings(cast.actor("leader"), YEAR)
    assert picture.whole == 3
    lowest = picture.behind[0]
    assert lowest.unit == cast.units["TOWN-03"].short_name
    assert "第 3 名" in lowest.why
    assert "失" in lowest.why


@pytest.mark.parametrize("part", ["secretary1", "desk", "system", "audit", "outsider"])
def test_others_see_no_picture(cast: Cast, reporting: Review, part: str) -> None:
    assert review_standings(cast.actor(part), YEAR) == []


def test_home_shows_it_beside_the_work_list(cast: Cast, reporting: Review) -> None:
    client = Client()
    client.force_login(cast.account("leader"), "shuzhi.kernel.backends.AccountBackend")
    session = client.session
    session[KEY] = YEAR
    session.save()
    assert "谁落后，为什么" in client.get("/").content.decode()
