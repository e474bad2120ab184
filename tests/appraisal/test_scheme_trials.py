"""A scheme tried on last year's figures: exact where nothing changed, and who moves if not."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from shuzhi.appraisal.models import Result, Review
from shuzhi.appraisal.schemes.moves import moves
from shuzhi.appraisal.schemes.trial import as_it_was, try_scheme
from shuzhi.appraisal.schemes.weights import reweighted
from shuzhi.appraisal.services import deciding
from tests.cast import Cast

from . import story

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(cast: Cast, reporting: Review) -> Review:
    """Last year's review: three units, scored, decided and published."""
    story.score(cast, reporting)
    reporting.refresh_from_db()
    deciding.decide_grades(reporting, {}, actor=cast.actor("commissioner"))
    return deciding.publish_review(reporting, actor=cast.actor("leader"))


def totals(text: str, review: Review, mapping: Mapping[str, str] | None = None) -> dict[str, str]:
    trial = try_scheme(text, review, mapping or {})
    assert trial.faults == ()
    return {unit: str(row.total) for unit, row in trial.standings.items()}


def test_the_same_scheme_gives_what_was_published(published: Review) -> None:
    trial = try_scheme(published.scheme_text, published, {})
    rows = Result.objects.filter(run__review=published).select_related("entrant__unit")
    kept = {r.entrant.unit.code: (r.shown_total, r.rank, r.computed_grade) for r in rows}
    tried = {u: (str(s.total), s.rank, s.grade) for u, s in trial.standings.items()}
    assert tried == kept
    assert trial.notes == ()


def test_what_was_stored_tells_the_same_as_a_trial(published: Review) -> None:
    kept, tried = as_it_was(published), try_scheme(published.scheme_text, published, {})
    assert not moves(kept, tried, {}, {}).moved
    for unit, standing in kept.standings.items():
        assert standing.total == tried.standings[unit].total
        assert {k: v for k, v in standing.earned.items() if v} == {
            k: v.normalize() + 0 for k, v in tried.standings[unit].earned.items() if v
        }


def test_what_each_item_earns_adds_up_to_the_total(published: Review) -> None:
    for row in try_scheme(published.scheme_text, published, {}).standings.values():
        assert row.total == sum(row.earned.values(), Decimal(0)).quantize(Decimal("0.01"))


def test_other_weights_of_raters_need_no_mark(published: Review) -> None:
    text = published.scheme_text.replace("A: 60", "A: 30").replace("B: 40", "B: 70")
    assert text != published.scheme_text
    assert totals(text, published) == totals(published.scheme_text, published)  # all mark alike


def test_another_mean_is_taken_over_the_marks(published: Review) -> None:
    text = published.scheme_text.replace("min_marks: 1", "min_marks: 1\n    within: median")
    assert totals(text, published) == totals(published.scheme_text, published)


def test_a_renamed_item_keeps_its_figures(published: Review) -> None:
    text = published.scheme_text.replace("id: study", "id: meetings")
    lost = try_scheme(text, published, {})
    assert "专题研究" in lost.notes[0]
    assert totals(text, published, {"meetings": "study"}) == totals(
        published.scheme_text, published
    )


def test_a_faulty_scheme_is_not_tried(published: Review) -> None:
    trial = try_scheme(published.scheme_text.replace("full: 100", "full: 90"), published, {})
    assert len(trial.faults) == 1
    assert "合计为 100" in trial.faults[0]


def test_a_weight_takes_from_its_siblings(published: Review) -> None:
    text, changed = reweighted(published.scheme_text, "overall", Decimal(70))
    assert [(one.title, one.before, one.after) for one in changed] == [
        ("平时考核", Decimal(60), Decimal(30)),
        ("现场测评", Decimal(40), Decimal(70)),
    ]
    before = try_scheme(published.scheme_text, published, {})
    after = try_scheme(text, published, {})
    assert after.faults == ()
    found = moves(before, after, {}, {})
    assert {row.unit: row.change for row in found.rows}["TOWN-01"] == 0
    assert all(row.reasons for row in found.rows if row.change)
