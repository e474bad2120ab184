"""The readiness check names what would spoil the meeting, and stops what cannot be held."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import translation

from shuzhi.appraisal.enums import Exemption, ReportState, ReviewState
from shuzhi.appraisal.models import Entrant, Review
from shuzhi.appraisal.queries.overview import Share, report_counts
from shuzhi.appraisal.queries.reports import frozen_or_current
from shuzhi.appraisal.queries.scheme import scheme_faults
from shuzhi.appraisal.readiness import obstacles
from shuzhi.appraisal.services import entrants as reporters
from shuzhi.appraisal.services import meeting, preparing
from shuzhi.ballots import services as ballots
from shuzhi.kernel.errors import ForbiddenError, RefusedError
from shuzhi.registry.models import Appointment, RoleGrant
from tests.cast import Cast

from . import story

pytestmark = pytest.mark.django_db
Write = Callable[[Entrant, str], None]


def said(review: Review, *, stops: bool | None = None) -> list[str]:
    return [str(o.text) for o in obstacles(review) if stops in {None, o.stops}]


def test_at_the_beginning_everything_that_is_missing_is_said(review: Review) -> None:
    assert said(review, stops=True) == [
        "“镇领导班子成员”一类没有测评人。",
        "“党员群众代表”一类没有测评人。",
    ]
    assert said(review, stops=False) == [
        "没有述职报告：第1社区、第2社区、第3社区。",
        "计分还缺 9 项平时考核数据。",
    ]


def test_when_all_is_there_nothing_is_said(
    cast: Cast, reporting: Review, write_report: Write
) -> None:
    for entrant in reporting.entrants.select_related("report", "unit"):
        write_report(entrant, f"secretary{entrant.position}")
    story.call_people(cast, reporting)
    story.enter_figures(cast, reporting)
    assert said(reporting) == []


def test_a_faulty_scheme_is_shown_with_line_and_path(cast: Cast, review: Review) -> None:
    text = review.scheme_text.replace("points: 60", "points: 61")
    preparing.replace_scheme(review, text, actor=cast.actor("commissioner"))
    faults = [text for text in said(review, stops=True) if "考核方案有误" in text]
    assert faults
    assert all("scheme.yaml 第 " in fault for fault in faults)
    with translation.override("en"):
        assert all("scheme.yaml:" in fault for fault in scheme_faults(review))


def test_slips_fewer_than_chairs_and_small_categories(cast: Cast, review: Review) -> None:
    story.call_people(cast, review)
    assert review.poll is not None
    actor = cast.actor("commissioner")
    ballots.cancel_unused(actor=actor, poll=review.poll, category="A")
    ballots.issue_slips(actor=actor, poll=review.poll, category="A", count=2)
    form = review.poll.parsed_form.model_copy(update={"min_marks": 4})
    ballots.change_form(actor=actor, poll=review.poll, form=form)
    spoiling = said(review, stops=False)
    assert "“镇领导班子成员”应到 3 人，测评票只有 2 张。" in spoiling
    assert any("不足 4 人，分类结果将不能公开" in text for text in spoiling)


def test_weights_that_do_not_add_up(cast: Cast, review: Review) -> None:
    assert review.poll is not None
    form = review.poll.parsed_form
    first = form.categories[0].model_copy(update={"weight": Decimal(10)})
    wrong = form.model_copy(update={"categories": (first, *form.categories[1:])})
    ballots.change_form(actor=cast.actor("commissioner"), poll=review.poll, form=wrong)
    (fault,) = [text for text in said(review, stops=True) if "权重合计" in text]
    assert "应为 100%。" in fault


def test_a_vacant_post_and_nobody_to_approve(cast: Cast, review: Review) -> None:
    Appointment.objects.filter(person=cast.people["secretary2"]).update(until=date(2021, 1, 1))
    RoleGrant.objects.filter(role="leader").delete()
    reporters.enter_units(review, actor=cast.actor("commissioner"))
    assert "没有书记述职：第2社区。" in said(review, stops=True)
    assert any("批准公布的领导账号" in text for text in said(review, stops=False))


def test_every_obstacle_leads_to_a_page_where_it_is_mended(
    cast: Cast, review: Review, browse: Callable[[str], Client]
) -> None:
    RoleGrant.objects.filter(role="leader").delete()
    story.call_people(cast, review)
    found = [*obstacles(review)]
    Entrant.objects.update(exemption=Exemption.RATING, person=None)
    found += obstacles(review)
    assert len({obstacle.url for obstacle in found}) >= 4
    for obstacle in found:
        assert browse("commissioner").get(obstacle.url).status_code == 200, obstacle


def test_opening_is_refused_while_something_stops_it(cast: Cast, reporting: Review) -> None:
    with pytest.raises(RefusedError, match="没有测评人"):
        meeting.open_meeting(reporting, actor=cast.actor("commissioner"), accept_faults=True)
    assert Review.objects.get().state == ReviewState.REPORTING


def test_what_would_merely_spoil_it_must_be_accepted(cast: Cast, reporting: Review) -> None:
    story.call_people(cast, reporting)
    with pytest.raises(RefusedError, match="请勾选"):
        meeting.open_meeting(reporting, actor=cast.actor("commissioner"))
    meeting.open_meeting(reporting, actor=cast.actor("commissioner"), accept_faults=True)
    assert reporting.state == ReviewState.OPEN


def test_opening_freezes_reports_and_hands_out_cards(
    cast: Cast, reporting: Review, write_report: Write
) -> None:
    first, *_rest = reporting.entrants.select_related("report", "unit")
    write_report(first, "secretary1")
    spared = reporting.entrants.select_related("review").get(position=3)
    reporters.exempt_entrant(spared, Exemption.RATING, "病休", actor=cast.actor("commissioner"))
    story.call_people(cast, reporting)
    story.enter_figures(cast, reporting)
    meeting.open_meeting(reporting, actor=cast.actor("commissioner"), accept_faults=True)
    assert reporting.poll is not None
    cards = list(reporting.poll.cards.all())
    assert [card.subject for card in cards] == ["TOWN-01", "TOWN-02"]
    assert frozen_or_current(first.report)[0]["text"] in cards[0].report
    assert {"label": "专题研究", "value": "4"} in cards[0].figures
    states = set(reporting.entrants.values_list("report__state", flat=True))
    assert states == {ReportState.FROZEN}
    assert report_counts(reporting) == Share(1, 3), "what was never handed in is not said to be"
    reporting.gathering.refresh_from_db()  # type: ignore[union-attr]
    assert reporting.gathering.state == "open"  # type: ignore[union-attr]


@pytest.mark.parametrize("part", ["leader", "desk", "secretary1", "outsider"])
def test_only_who_manages_opens(cast: Cast, reporting: Review, part: str) -> None:
    with pytest.raises(ForbiddenError):
        meeting.open_meeting(reporting, actor=cast.actor(part), accept_faults=True)
