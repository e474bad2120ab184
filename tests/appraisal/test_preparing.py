"""Preparing: templates, plan, order, exemptions, duties."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.translation import override

from shuzhi.appraisal.duties import review_duties
from shuzhi.appraisal.enums import Exemption, FormShape, ReviewState
from shuzhi.appraisal.models import Entrant, Review
from shuzhi.appraisal.queries.scheme import scheme_of
from shuzhi.appraisal.services import comments, preparing
from shuzhi.appraisal.services import entrants as reporters
from shuzhi.appraisal.services.preparing import RaterClass
from shuzhi.catalogue.services import sync_packs
from shuzhi.gatherings.queries import turns
from shuzhi.gatherings.services import change_gathering
from shuzhi.kernel.errors import ForbiddenError, MissingFactError, RefusedError, StateError
from shuzhi.registry.queries import period
from shuzhi.registry.services.periods import close_period
from tests.cast import SINCE, YEAR, Cast

from .conftest import PLAN
from .sample import TEMPLATES
from .test_comments import PARTS

pytestmark = pytest.mark.django_db


def order(review: Review) -> list[str]:
    return list(review.entrants.values_list("unit__code", flat=True))


def test_a_review_starts_from_the_catalogues_packs(cast: Cast) -> None:
    sync_packs()
    review = preparing.prepare_review(
        actor=cast.actor("commissioner"), unit=cast.town, year=YEAR, plan=PLAN
    )
    assert len(review.topics) == 10
    assert review.templates["scheme"].startswith("town-review@")
    assert scheme_of(review).grades == ["好", "较好", "一般", "差"]
    assert review.poll is not None
    assert [item.id for item in review.poll.parsed_form.items] == ["review"]
    assert order(review) == ["TOWN-01", "TOWN-02", "TOWN-03"]


def test_what_the_hall_reads_is_chinese_whoever_prepares(cast: Cast) -> None:
    sync_packs()
    cast.people["secretary3"].appointments.update(until=SINCE)
    with override("en"):
        review = preparing.prepare_review(
            actor=cast.actor("commissioner"), unit=cast.town, year=YEAR, plan=PLAN
        )
    assert review.poll is not None
    assert [item.title for item in review.poll.parsed_form.items] == ["总体评价"]
    assert review.gathering is not None
    assert [turn.name for turn in turns(review.gathering)][2:] == ["（空缺）"]


def test_the_reviews_day_is_that_of_the_meeting(
    cast: Cast, browse: Callable[[str], Client], review: Review
) -> None:
    assert review.gathering
    later = PLAN.meets_at + timedelta(days=3)
    change_gathering(review.gathering, actor=cast.actor("commissioner"), starts_at=later)
    for page in ("/reviews/", f"/reviews/{review.public_id}/", "/bulletins/meetings/"):
        shown = browse("commissioner").get(page).content.decode()
        assert "2026-12-23" in shown or "2026年12月23日" in shown, page


def test_there_is_one_review_a_unit_and_year(cast: Cast, review: Review) -> None:
    with pytest.raises(RefusedError, match="已经建立"):
        preparing.prepare_review(
            actor=cast.actor("commissioner"),
            unit=cast.town,
            year=YEAR,
            plan=PLAN,
            source=TEMPLATES,
        )


def test_a_closed_year_takes_no_writes(cast: Cast, review: Review) -> None:
    year = period(YEAR)
    assert year is not None
    close_period(actor=cast.actor("organiser"), period=year)
    with pytest.raises(RefusedError, match="封存"):
        preparing.adjust_review(review, PLAN, actor=cast.actor("commissioner"))


@pytest.mark.parametrize("part", ["leader", "secretary1", "outsider", "desk"])
def test_only_who_manages_the_unit_prepares(cast: Cast, part: str) -> None:
    with pytest.raises(ForbiddenError):
        preparing.prepare_review(
            actor=cast.actor(part), unit=cast.town, year=YEAR, plan=PLAN, source=TEMPLATES
        )


def test_adjusting_keeps_form_scheme_and_meeting_in_agreement(cast: Cast, review: Review) -> None:
    plan = replace(
        PLAN,
        title="改名",
        shape=FormShape.TOPICS,
        categories=[
            RaterClass("A", "领导", Decimal(30), recuse=False),
            RaterClass("C", "代表", Decimal(70)),
        ],
        quotas={"好": "1/3"},
        min_marks=4,
    )
    preparing.adjust_review(review, plan, actor=cast.actor("commissioner"))
    review = Review.objects.select_related("poll", "gathering").get()
    assert review.poll is not None
    assert review.gathering is not None
    form, rule = review.poll.parsed_form, scheme_of(review).rating_leaves[0].rule
    assert [item.id for item in form.items] == [x.id for x in scheme_of(review).rating_leaves]
    assert {c.id: c.weight for c in form.categories} == rule.categories
    assert [c["id"] for c in review.gathering.categories] == ["A", "C"]
    assert (form.min_marks, review.gathering.title) == (4, "改名")
    assert str(scheme_of(review).quotas["好"].share) == "1/3"


@pytest.mark.parametrize("share", ["三成", "120", "1/0", "-5"])
def test_a_quota_that_is_no_share_is_refused(cast: Cast, review: Review, share: str) -> None:
    plan = replace(PLAN, quotas={"好": share})
    with pytest.raises(RefusedError, match="比例"):
        preparing.adjust_review(review, plan, actor=cast.actor("commissioner"))


def test_a_draw_can_be_repeated_and_reaches_the_meeting(cast: Cast, review: Review) -> None:
    actor = cast.actor("commissioner")
    reporters.draw_entrants(review, "八月十五", actor=actor)
    drawn = order(review)
    assert review.gathering is not None
    assert [turn.subject for turn in turns(review.gathering)] == drawn
    reporters.order_entrants(review, ["TOWN-03", "TOWN-01", "TOWN-02"], actor=actor)
    assert order(review) == ["TOWN-03", "TOWN-01", "TOWN-02"]
    reporters.draw_entrants(review, "八月十五", actor=actor)
    assert order(review) == drawn
    with pytest.raises(MissingFactError):
        reporters.draw_entrants(review, " ", actor=actor)


def test_an_exemption_needs_a_reason(cast: Cast, entrants: list[Entrant]) -> None:
    with pytest.raises(MissingFactError):
        reporters.exempt_entrant(entrants[0], Exemption.RANK, "", actor=cast.actor("commissioner"))


def test_everyone_finds_what_they_owe(
    cast: Cast, reporting: Review, entrants: list[Entrant]
) -> None:
    mine = review_duties(cast.actor("secretary1"))
    assert [str(duty.title) for duty in mine] == ["写第1社区的述职报告"]
    assert mine[0].due == PLAN.reports_due
    comments.finish_comment(entrants[0], PARTS, actor=cast.actor("commissioner"))
    assert [str(d.title) for d in review_duties(cast.actor("leader"))] == ["审定 1 条点评"]
    owed = review_duties(cast.actor("commissioner"))
    assert [(str(d.title), str(d.owed_by)) for d in owed] == [
        ("3 份述职报告还没有提交", "各单位书记")
    ]
    assert review_duties(cast.actor("outsider")) == []


def test_a_stale_page_neither_turns_the_review_back_nor_takes_back_a_scheme(
    cast: Cast, review: Review
) -> None:
    clerk = cast.actor("commissioner")
    stale = Review.objects.get(pk=review.pk)
    preparing.replace_scheme(review, review.scheme_text + "\n# checked\n", actor=clerk)
    preparing.invite_reports(review, actor=clerk)
    preparing.adjust_review(stale, PLAN, actor=clerk)
    now = Review.objects.get(pk=review.pk)
    assert now.state == ReviewState.REPORTING
    assert "# checked" in now.scheme_text


@pytest.mark.parametrize("act", [preparing.replace_scheme, reporters.order_entrants])
def test_a_page_read_before_the_meeting_changes_nothing_in_it(
    cast: Cast, review: Review, act: Callable[..., object]
) -> None:
    clerk, stale = cast.actor("commissioner"), Review.objects.get(pk=review.pk)
    Review.objects.filter(pk=review.pk).update(state=ReviewState.OPEN)
    with pytest.raises(StateError):
        act(stale, "", actor=clerk)
    assert Review.objects.get(pk=review.pk).scheme_text == review.scheme_text


def test_a_plan_that_somebody_else_has_changed_is_not_lost(
    cast: Cast, browse: Callable[[str], Client], review: Review
) -> None:
    page, clerk = f"/reviews/{review.public_id}/plan/", browse("commissioner")
    form = clerk.get(page).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    typed |= {"meets_at": "2026-12-20T14:30", "host": "镇长"}
    preparing.adjust_review(review, replace(PLAN, place="镇礼堂"), actor=cast.actor("commissioner"))
    faulty = clerk.post(page, typed | {"weight_A": "1"})
    assert faulty.context["form"]["seen"].value() == typed["seen"], "a typing fault shows nothing"
    refused = clerk.post(page, typed)
    assert refused.status_code == 422
    assert "镇礼堂" in refused.content.decode()
    assert "镇长" in refused.content.decode()
    stored = Review.objects.get().gathering
    assert stored
    assert (stored.place, stored.host) == ("镇礼堂", PLAN.host)
    typed["seen"] = refused.context["form"]["seen"].value()
    assert clerk.post(page, typed).status_code == 302
    stored.refresh_from_db()
    assert stored.host == "镇长"
