"""Versions: publish with a digest, withdraw, apply to a review, compare, map, look back."""

from decimal import Decimal

import pytest

from shuzhi.appraisal.enums import FormShape, SchemeState
from shuzhi.appraisal.models import Review, SchemeDraft
from shuzhi.appraisal.queries.schemes import draft_of, mapping_of, sources
from shuzhi.appraisal.schemes.changes import set_points
from shuzhi.appraisal.schemes.differences import differences
from shuzhi.appraisal.schemes.document import Document
from shuzhi.appraisal.services import schemes as verbs
from shuzhi.catalogue import queries as catalogue
from shuzhi.kernel.errors import ForbiddenError, RefusedError, StateError
from tests.cast import Cast

from . import story
from .sample import SCHEME_TEXT

pytestmark = pytest.mark.django_db
ENVELOPE = {"purpose": {"zh": "试", "en": "Try"}, "from": [10], "measures": [], "defaults": []}


@pytest.fixture
def draft(cast: Cast) -> SchemeDraft:
    source = verbs.Source(SCHEME_TEXT, "town-review@1", ENVELOPE)
    return verbs.begin_scheme(cast.town, source, "考核方案", actor=cast.actor("commissioner"))


def test_a_published_version_stands_in_the_catalogue_byte_for_byte(
    cast: Cast, draft: SchemeDraft
) -> None:
    done = verbs.publish_scheme(draft, actor=cast.actor("commissioner"))
    assert (done.state, done.version, len(done.sha256)) == (SchemeState.PUBLISHED, 1, 64)
    pack = catalogue.mechanism(done.mechanism)
    assert pack is not None
    assert pack.body_text == done.text
    assert pack.envelope.title.zh == "考核方案"
    assert "# 平时" in pack.body_text
    assert done.mechanism in catalogue.offered_to(cast.town)
    with pytest.raises(StateError):
        verbs.edit_scheme(
            done,
            done.revision,
            lambda d: set_points(d, (0, 0), Decimal(1)),
            actor=cast.actor("commissioner"),
        )


def test_a_faulty_draft_is_not_published(cast: Cast, draft: SchemeDraft) -> None:
    actor = cast.actor("commissioner")
    changed = verbs.edit_scheme(draft, 0, lambda d: set_points(d, (0, 0), Decimal(5)), actor=actor)
    with pytest.raises(RefusedError, match="合计为"):
        verbs.publish_scheme(changed, actor=actor)


def test_the_next_version_counts_on_and_a_withdrawn_one_is_no_longer_offered(
    cast: Cast, draft: SchemeDraft
) -> None:
    actor = cast.actor("commissioner")
    first = verbs.publish_scheme(draft, actor=actor)
    again = verbs.begin_scheme(cast.town, verbs.Source.of_version(first), "方案", actor=actor)
    second = verbs.publish_scheme(again, actor=actor)
    assert (second.mechanism, second.version) == (first.mechanism, 2)
    verbs.withdraw_scheme(second, "写错了", actor=actor)
    pack = catalogue.mechanism(first.mechanism)
    assert pack is not None
    assert pack.envelope.version == 1
    assert catalogue.mechanism(first.mechanism, 2) is not None


def test_another_town_neither_sees_nor_edits(cast: Cast, draft: SchemeDraft) -> None:
    with pytest.raises(ForbiddenError):
        verbs.edit_scheme(
            draft, 0, lambda d: set_points(d, (0, 0), Decimal(5)), actor=cast.actor("outsider")
        )


def test_a_review_takes_a_version_over_and_is_frozen_when_it_opens(
    cast: Cast, reporting: Review, draft: SchemeDraft
) -> None:
    actor = cast.actor("commissioner")
    with pytest.raises(StateError, match="已发布"):
        verbs.apply_scheme(reporting, draft, actor=actor)
    text = SCHEME_TEXT.replace("A: 60, B: 40", "A: 70, B: 30").replace("id: overall", "id: rated")
    changed = verbs.replace_text(draft, 0, text, actor=actor)
    done = verbs.publish_scheme(changed, actor=actor)
    applied = verbs.apply_scheme(reporting, done, actor=actor)
    assert applied.scheme_text == done.text
    assert applied.form_shape == FormShape.OVERALL
    assert draft_of(applied) == done
    assert applied.poll is not None
    applied.poll.refresh_from_db()
    form = applied.poll.parsed_form
    assert [item.id for item in form.items] == ["rated"]
    assert [c.weight for c in form.categories] == [Decimal(70), Decimal(30)]
    story.score(cast, applied)
    applied.refresh_from_db()
    with pytest.raises(StateError):
        verbs.apply_scheme(applied, done, actor=actor)


def test_other_categories_of_raters_are_refused(
    cast: Cast, reporting: Review, draft: SchemeDraft
) -> None:
    actor = cast.actor("commissioner")
    text = SCHEME_TEXT.replace("{A: 60, B: 40}", "{A: 60, X: 40}").replace("[B]", "[X]")
    done = verbs.publish_scheme(verbs.replace_text(draft, 0, text, actor=actor), actor=actor)
    with pytest.raises(RefusedError, match="评议人员类别是 A、X"):
        verbs.apply_scheme(reporting, done, actor=actor)


def test_undo_goes_back_step_by_step(cast: Cast, draft: SchemeDraft) -> None:
    actor = cast.actor("commissioner")
    one = verbs.edit_scheme(draft, 0, lambda d: set_points(d, (0, 0), Decimal(5)), actor=actor)
    two = verbs.edit_scheme(one, 1, lambda d: set_points(d, (0, 1), Decimal(5)), actor=actor)
    verbs.undo_edit(two, 2, actor=actor)
    back = verbs.undo_edit(SchemeDraft.objects.get(pk=draft.pk), 1, actor=actor)
    assert back.text == SCHEME_TEXT
    assert back.title == "考核方案"  # a copy keeps the name that it was given
    with pytest.raises(RefusedError):
        verbs.undo_edit(back, 0, actor=actor)


def test_the_mapping_goes_with_the_version_to_the_review(
    cast: Cast, reporting: Review, draft: SchemeDraft
) -> None:
    actor = cast.actor("commissioner")
    mapped = verbs.set_mapping(draft, {"study": "meetings", "plan": "plan"}, actor=actor)
    assert mapped.mapping == {"study": "meetings"}
    done = verbs.publish_scheme(mapped, actor=actor)
    assert mapping_of(verbs.apply_scheme(reporting, done, actor=actor)) == {"study": "meetings"}


def test_a_scheme_begins_from_what_there_is(cast: Cast, draft: SchemeDraft, review: Review) -> None:
    actor = cast.actor("commissioner")
    verbs.publish_scheme(draft, actor=actor)
    keys = [key.partition(":")[0] for key, _words in sources(cast.town)]
    assert keys[:2] == ["review", "version"]
    assert keys[-1] == "empty"
    empty = verbs.begin_scheme(cast.town, verbs.Source.empty("新“方案”"), "新方案", actor=actor)
    assert verbs.publish_scheme(empty, actor=actor).version == 1
    copy = verbs.begin_scheme(cast.town, verbs.Source.of_review(review), "照抄", actor=actor)
    assert copy.text == review.scheme_text


def test_differences_are_sentences() -> None:
    document = Document(SCHEME_TEXT.replace("target: 4, each: 1", "target: 6, each: 2"))
    set_points(document, (0, 1), Decimal(15))
    set_points(document, (0, 2), Decimal(25))
    text = (
        document.text().replace("share: 34", "share: 25").replace("title: 党员培训", "title: 培训")
    )
    said = [one.text for one in differences(SCHEME_TEXT, text, {})]
    assert said == [
        (
            "“专题研究”的计分办法：原来目标 4，每差 1 扣 5 分，扣完为止；"
            "现在目标 6，每差 2 扣 5 分，扣完为止"
        ),
        "“党员培训”改名为“培训”",
        "“培训”从 20 分改为 15 分",
        "“年度计划”从 20 分改为 25 分",
        "“好”：原来90 分及以上，最多占 34%；现在90 分及以上，最多占 25%",
    ]
    assert differences(SCHEME_TEXT, SCHEME_TEXT, {}) == []
    renamed = SCHEME_TEXT.replace("id: study", "id: meetings")
    assert differences(SCHEME_TEXT, renamed, {"meetings": "study"}) == []
    assert len(differences(SCHEME_TEXT, renamed, {})) == 2
