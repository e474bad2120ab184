"""The score check: who sees what, one objection an item, answers, no publication before."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shuzhi.appraisal.duties_objections import objection_duties
from shuzhi.appraisal.enums import ObjectionState
from shuzhi.appraisal.models import Entrant, Figure, Objection, ObjectionWindow, Result, Review
from shuzhi.appraisal.queries.objections import unanswered
from shuzhi.appraisal.services import deciding
from shuzhi.appraisal.services import objections as verbs
from shuzhi.appraisal.services.objections import Correction
from shuzhi.kernel.errors import ForbiddenError, MissingFactError, RefusedError, StateError
from shuzhi.kernel.uploads import FileKind, Received
from tests.cast import Cast

from .stage import cast, scored, stage

__all__ = ["cast", "scored", "stage"]  # fixtures: the meeting is held once for all tests here
pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
PDF = Received("底册.pdf", b"%PDF-1.4 proof", FileKind.PDF)


@pytest.fixture
def checked(cast: Cast, scored: Review) -> Review:
    """Scored, and the units are asked to check until a week from now."""
    due = timezone.localdate() + timedelta(days=7)
    verbs.open_window(scored, due, actor=cast.actor("commissioner"))
    return scored


@pytest.fixture
def second(checked: Review) -> Entrant:
    rows = checked.entrants.select_related("unit", "review__unit", "person")
    return rows.get(unit__code="TOWN-02")


def lodge(cast: Cast, entrant: Entrant, indicator: str = "study") -> Objection:
    return verbs.lodge_objection(
        entrant, indicator, "应为 4 次", PDF, actor=cast.actor("secretary2")
    )


def total(entrant: Entrant) -> Decimal | None:
    return Result.objects.get(entrant=entrant, run__current=True).total


def expire(review: Review) -> None:
    ObjectionWindow.objects.filter(review=review).update(due=date(2020, 1, 1))


def test_a_unit_sees_its_own_derivation_but_no_rank_before_publication(
    browse: Browse, second: Entrant, checked: Review
) -> None:
    url = reverse("appraisal:result", args=[checked.public_id, second.public_id])
    page = browse("secretary2").get(url).content.decode()
    assert "目标" in page
    assert "名次和等次公布以后才有" in page
    assert "计算等次" not in page
    assert browse("secretary1").get(url).status_code == 404
    whole = reverse("appraisal:results", args=[checked.public_id])
    assert browse("secretary2").get(whole).status_code == 403


def test_without_a_check_nothing_is_shown_before_publication(
    browse: Browse, scored: Review
) -> None:
    who = scored.entrants.get(unit__code="TOWN-02")
    url = reverse("appraisal:result", args=[scored.public_id, who.public_id])
    assert browse("secretary2").get(url).status_code == 404


def test_an_objection_is_upheld_corrected_and_scored_again(cast: Cast, second: Entrant) -> None:
    before = total(second)
    objection = lodge(cast, second)
    assert objection.counted == "3"
    run = verbs.uphold_objection(
        objection, Correction("4"), "底册核对属实", actor=cast.actor("commissioner")
    )
    objection.refresh_from_db()
    assert (objection.state, objection.correction) == (ObjectionState.UPHELD, "3 → 4")
    assert objection.recount == run
    assert run.number == 2
    assert total(second) == (before or 0) + 5
    figure = Figure.objects.get(entrant=second, indicator="study")
    assert (figure.value, figure.note) == ("4", "异议成立：底册核对属实")


def test_an_objection_is_rejected_with_the_reason_and_stays_on_record(
    cast: Cast, second: Entrant
) -> None:
    objection = lodge(cast, second)
    with pytest.raises(MissingFactError):
        verbs.reject_objection(objection, " ", actor=cast.actor("commissioner"))
    verbs.reject_objection(objection, "签到表只有 3 次", actor=cast.actor("commissioner"))
    objection.refresh_from_db()
    assert objection.state == ObjectionState.REJECTED
    assert total(second) == total(second)
    with pytest.raises(StateError):
        lodge(cast, second)


def test_one_objection_an_item_and_one_taken_back_may_come_again(
    cast: Cast, second: Entrant
) -> None:
    first = lodge(cast, second)
    with pytest.raises(StateError, match="只能提一次"):
        lodge(cast, second)
    lodge(cast, second, "training")
    verbs.take_back(first, actor=cast.actor("secretary2"))
    assert lodge(cast, second).state == ObjectionState.LODGED
    with pytest.raises(StateError, match="只能提一次"):
        lodge(cast, second)


def test_one_taken_back_stays_on_record_with_its_time(cast: Cast, second: Entrant) -> None:
    first = lodge(cast, second)
    verbs.take_back(first, actor=cast.actor("secretary2"))
    again = lodge(cast, second)
    first.refresh_from_db()
    assert (first.state, first.text) == (ObjectionState.TAKEN_BACK, "应为 4 次")
    assert first.taken_back_at
    assert first.taken_back_at < again.lodged_at
    verbs.take_back(again, actor=cast.actor("secretary2"))
    assert second.objections.filter(indicator="study").count() == 2


def test_two_objections_at_once_on_one_item_are_refused_by_the_database(
    cast: Cast, second: Entrant
) -> None:
    first = lodge(cast, second)
    twin = {"entrant": second, "indicator": "study", "text": "又一条", "evidence": first.evidence}
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.create(**twin)
    verbs.reject_objection(first, "签到表只有 3 次", actor=cast.actor("commissioner"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.create(**twin)
    Objection.objects.create(**twin, state=ObjectionState.TAKEN_BACK)


def test_one_taken_back_waits_for_no_answer(
    cast: Cast, browse: Browse, checked: Review, second: Entrant
) -> None:
    first = lodge(cast, second)
    verbs.take_back(first, actor=cast.actor("secretary2"))
    with pytest.raises(StateError):
        verbs.reject_objection(first, "迟了", actor=cast.actor("commissioner"))
    assert not objection_duties(cast.actor("commissioner"))
    assert unanswered(checked) == 0
    answer = reverse("appraisal:objection", args=[checked.public_id, first.public_id])
    assert 'name="decision"' not in browse("commissioner").get(answer).content.decode()
    expire(checked)
    deciding.decide_grades(checked, {}, actor=cast.actor("commissioner"))
    deciding.publish_review(checked, actor=cast.actor("leader"))


def test_both_pages_show_the_one_taken_back_folded_beside_the_one_that_stands(
    cast: Cast, browse: Browse, checked: Review, second: Entrant
) -> None:
    verbs.take_back(lodge(cast, second), actor=cast.actor("secretary2"))
    own = reverse("appraisal:result", args=[checked.public_id, second.public_id])
    listed = reverse("appraisal:objections", args=[checked.public_id])
    pages = (("secretary2", own), ("commissioner", listed))
    for part, address in pages:
        page = browse(part).get(address).content.decode()
        assert "撤回的异议 1 条" in page
        assert page.count('class="ap-objection"') == 1
        assert "还没有单位提出异议" not in page
    assert '<option value="study">' in browse("secretary2").get(own).content.decode()
    lodge(cast, second)
    for part, address in pages:
        page = browse(part).get(address).content.decode()
        assert page.count('class="ap-objection"') == 2
        assert page.index("待答复") < page.index("撤回的异议 1 条")
    assert "1 条等待答复" in browse("commissioner").get(listed).content.decode()


def test_who_may_not_object_or_answer(cast: Cast, second: Entrant) -> None:
    with pytest.raises(ForbiddenError):
        verbs.lodge_objection(second, "study", "应为 4", PDF, actor=cast.actor("secretary1"))
    objection = lodge(cast, second)
    with pytest.raises(ForbiddenError):
        verbs.reject_objection(objection, "不", actor=cast.actor("secretary2"))


def test_marks_cannot_be_corrected_events_can(cast: Cast, second: Entrant) -> None:
    commissioner = cast.actor("commissioner")
    marks = lodge(cast, second, "overall")
    with pytest.raises(RefusedError, match="票箱已经封存"):
        verbs.uphold_objection(marks, Correction("5"), "属实", actor=commissioner)
    before = total(second)
    extra = lodge(cast, second, "extra")
    verbs.uphold_objection(extra, Correction(points=Decimal(2)), "漏记表彰", actor=commissioner)
    extra.refresh_from_db()
    assert extra.correction == "+2"
    assert total(second) == (before or 0) + 2


def test_no_publication_while_objections_are_open_or_may_come(
    cast: Cast, checked: Review, second: Entrant
) -> None:
    objection = lodge(cast, second)
    deciding.decide_grades(checked, {}, actor=cast.actor("commissioner"))
    with pytest.raises(RefusedError, match="1 条得分异议没有答复"):
        deciding.publish_review(checked, actor=cast.actor("leader"))
    verbs.reject_objection(objection, "签到表只有 3 次", actor=cast.actor("commissioner"))
    with pytest.raises(RefusedError, match="还可以提出异议"):
        deciding.publish_review(checked, actor=cast.actor("leader"))
    expire(checked)
    deciding.publish_review(checked, actor=cast.actor("leader"))


def test_after_the_day_nobody_objects(cast: Cast, checked: Review, second: Entrant) -> None:
    expire(checked)
    with pytest.raises(StateError, match="期限"):
        lodge(cast, second)


def test_the_day_is_put_off_but_never_brought_forward(cast: Cast, checked: Review) -> None:
    actor, today = cast.actor("commissioner"), timezone.localdate()
    with pytest.raises(RefusedError, match="推后"):
        verbs.open_window(checked, today + timedelta(days=3), actor=actor)
    later = verbs.open_window(checked, today + timedelta(days=9), actor=actor)
    assert later.due == today + timedelta(days=9)


def test_it_stands_on_the_work_lists_of_both(cast: Cast, second: Entrant) -> None:
    said = [str(d.title) for d in objection_duties(cast.actor("secretary2"))]
    assert said == ["核对第2社区的得分，有异议的在期限内提出"]
    lodge(cast, second)
    waiting = [d for d in objection_duties(cast.actor("secretary2")) if d.owed_by]
    assert len(waiting) == 1
    assert [str(d.title) for d in objection_duties(cast.actor("commissioner"))] == [
        "答复 1 条得分异议"
    ]


def test_the_pages_from_lodging_to_the_answer(
    browse: Browse, checked: Review, second: Entrant
) -> None:
    url = reverse("appraisal:object", args=[checked.public_id, second.public_id])
    file = SimpleUploadedFile("底册.pdf", b"%PDF-1.4 proof")
    facts = {"indicator": "study", "text": "应为 4 次", "evidence": file}
    assert browse("secretary2").post(url, facts).status_code == 302
    row = Objection.objects.get()
    listed = browse("commissioner").get(reverse("appraisal:objections", args=[checked.public_id]))
    assert "应为 4 次" in listed.content.decode()
    proof = reverse("appraisal:objection-evidence", args=[checked.public_id, row.public_id])
    assert browse("commissioner").get(proof).content == b"%PDF-1.4 proof"
    assert browse("secretary1").get(proof).status_code == 404
    answer = reverse("appraisal:objection", args=[checked.public_id, row.public_id])
    form = {"decision": "uphold", "value": "四", "answer": "属实"}
    assert browse("commissioner").post(answer, form).status_code == 422
    form["value"] = "4"
    assert browse("commissioner").post(answer, form).status_code == 302
    own = reverse("appraisal:result", args=[checked.public_id, second.public_id])
    assert "3 → 4" in browse("secretary2").get(own).content.decode()
    assert (
        browse("commissioner")
        .get(
            reverse("appraisal:vote", args=[checked.public_id]),
            {"one": "TOWN-01", "other": "TOWN-03"},
        )
        .status_code
        == 200
    )
