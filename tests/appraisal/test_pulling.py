"""Figures taken from what other rooms count: previewed, confirmed, with their source."""

from collections.abc import Callable, Iterator, Sequence

import pytest
from django.test import Client
from django.urls import reverse

from shuzhi.appraisal.models import Figure, Review
from shuzhi.appraisal.services.pulling import pull_figures
from shuzhi.kernel import measures
from shuzhi.kernel.errors import FaultsError, ForbiddenError, RefusedError
from tests.cast import YEAR, Cast

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
VALUES: dict[str, measures.Value] = {"TOWN-01": 4, "TOWN-02": 3, "TOWN-03": None}


def _names() -> list[measures.Measure]:
    return [measures.Measure("test.meetings", "开会次数"), measures.Measure("test.none", "没有")]


def _source(_period: int, units: Sequence[measures.Place]) -> measures.Values:
    return {"test.meetings": {unit.code: VALUES.get(unit.code) for unit in units}}


@pytest.fixture(autouse=True)
def counted() -> Iterator[None]:
    """A room of this test's own counts meetings."""
    before = list(measures._sources)
    measures.register_measures(_names, _source)
    yield
    measures._sources[:] = before


def test_a_measure_becomes_figures_that_say_where_they_come_from(
    cast: Cast, review: Review
) -> None:
    actor = cast.actor("commissioner")
    assert pull_figures(review, "study", "test.meetings", actor=actor) == 2
    rows = Figure.objects.filter(entrant__review=review).order_by("entrant__unit__code")
    assert [(f.entrant.unit.code, f.value) for f in rows] == [("TOWN-01", "4"), ("TOWN-02", "3")]
    assert rows[0].note == f"取自业务数据“开会次数”（test.meetings，{YEAR} 年）"
    assert rows[0].entered_by_id == actor.account_id
    assert pull_figures(review, "study", "test.meetings", actor=actor) == 0


def test_what_is_not_counted_or_does_not_fit_is_refused(cast: Cast, review: Review) -> None:
    actor = cast.actor("commissioner")
    with pytest.raises(RefusedError):
        pull_figures(review, "study", "test.none", actor=actor)
    with pytest.raises(FaultsError):
        pull_figures(review, "plan", "test.meetings", actor=actor)
    with pytest.raises(ForbiddenError):
        pull_figures(review, "study", "test.meetings", actor=cast.actor("secretary1"))
    assert not Figure.objects.exists()


def test_the_page_shows_before_it_writes(browse: Browse, review: Review) -> None:
    client = browse("commissioner")
    url = reverse("appraisal:figures-pull", args=[review.public_id])
    chosen = {"indicator": "study", "measure": "test.meetings"}
    assert "确认无误，写入 2 个单位" in client.get(url, chosen).content.decode()
    assert not Figure.objects.exists()
    assert client.post(url, chosen).status_code == 302
    listed = client.get(reverse("appraisal:figure-sources", args=[review.public_id]))
    assert "取自业务数据“开会次数”" in listed.content.decode()
