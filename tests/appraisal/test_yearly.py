"""This year beside last year, by the scheme's mapping."""

from decimal import Decimal

import pytest

from shuzhi.appraisal.enums import ReviewState
from shuzhi.appraisal.models import Node, Result, Review, SchemeDraft, ScoreRun
from shuzhi.appraisal.queries.yearly import continued, yearly
from shuzhi.appraisal.view import view_of
from tests.cast import Cast

from . import story
from .sample import SCHEME_TEXT

pytestmark = pytest.mark.django_db
OLD = SCHEME_TEXT.replace("id: study", "id: meetings").replace("专题研究", "研究次数")


@pytest.fixture
def years(cast: Cast, reporting: Review) -> tuple[Review, Review]:
    """Last year and this year, the same figures, but that a unit had half the points in study."""
    story.score(cast, reporting)
    reporting.refresh_from_db()
    last = Review.objects.create(
        unit=reporting.unit,
        year=reporting.year - 1,
        title="上年",
        scheme_text=SCHEME_TEXT.replace("id: study", "id: meetings").replace(
            "专题研究", "研究次数"
        ),
        state=ReviewState.PUBLISHED,
    )
    run = ScoreRun.objects.get(review=reporting)
    old = ScoreRun.objects.create(
        review=last, number=1, archive=run.archive, engine_version="1", manifest={}
    )
    for row in Result.objects.filter(run=run).select_related("entrant"):
        before = last.entrants.create(unit=row.entrant.unit, position=row.entrant.position)
        kept = Result.objects.create(run=old, entrant=before, total=Decimal(50), rank=2)
        Node.objects.create(result=kept, indicator="meetings", position=1, rate=Decimal("0.5"))
    return last, reporting


def test_items_continue_by_their_id_or_by_the_mapping() -> None:
    old = view_of(OLD)
    new = view_of(SCHEME_TEXT)
    assert "study" not in continued(new, old, {})
    assert continued(new, old, {"study": "meetings"})["study"] == "meetings"
    assert "plan" not in continued(new, old, {"plan": ""})


def test_both_years_stand_side_by_side(cast: Cast, years: tuple[Review, Review]) -> None:
    _last, now = years
    SchemeDraft.objects.create(
        unit=now.unit, title="方案", mechanism="own", version=1, mapping={"study": "meetings"}
    )
    now.templates = now.templates | {"scheme": "own@1"}
    now.save(update_fields=["templates"])
    found = yearly(now)
    study = next(c for c in found.columns if c.title == "专题研究")
    assert (study.before, study.mean.before) == ("研究次数", Decimal("50.0"))
    first = found.rows[0]
    assert (first.up, first.change) == (1, (first.result.total or 0) - 50)
    assert first.cells[found.columns.index(study)].change == Decimal("50.0")
