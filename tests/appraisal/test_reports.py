"""Reports: who writes, autosave without loss, completeness, freezing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from shuzhi.appraisal.enums import ReportState
from shuzhi.appraisal.models import Entrant, ReportRevision, ReportSection, Review
from shuzhi.appraisal.queries import reports as queries
from shuzhi.appraisal.queries.overview import report_counts
from shuzhi.appraisal.services.reports import (
    SECTION_LIMIT,
    freeze_report,
    reopen_report,
    save_section,
    submit_report,
    upload_report,
)
from shuzhi.kernel.errors import ForbiddenError, RefusedError, StateError
from tests.cast import Cast

from .sample import LONG, TOPICS
from .test_word import docx

pytestmark = pytest.mark.django_db


def test_saving_twice_counts_revisions_and_keeps_the_last_text(
    cast: Cast, entrants: list[Entrant]
) -> None:
    report, writer = entrants[0].report, cast.actor("secretary1")
    first = save_section(report, "t01", "一", 0, actor=writer)
    second = save_section(report, "t01", "一二", first.revision, actor=writer)
    assert (second.revision, second.conflict) == (2, False)
    assert queries.sections(report)[0].text == "一二"


def test_two_windows_cannot_overwrite_one_another(cast: Cast, entrants: list[Entrant]) -> None:
    report, writer = entrants[0].report, cast.actor("secretary1")
    save_section(report, "t01", "窗口甲写的", 0, actor=writer)
    late = save_section(report, "t01", "窗口乙写的", 0, actor=writer)
    assert (late.conflict, late.text) == (True, "窗口甲写的")
    assert ReportRevision.objects.get().text == "窗口乙写的"


def test_saving_the_same_text_again_is_no_change(cast: Cast, entrants: list[Entrant]) -> None:
    report, writer = entrants[0].report, cast.actor("secretary1")
    save_section(report, "t01", "一样", 0, actor=writer)
    again = save_section(report, "t01", "一样", 0, actor=writer)
    assert (again.revision, again.conflict) == (1, False)


@pytest.mark.parametrize(("new", "kept"), [("", ["长" * 40]), ("长" * 39, [])])
def test_a_text_that_shrinks_much_is_kept(
    cast: Cast, entrants: list[Entrant], new: str, kept: list[str]
) -> None:
    report, writer = entrants[0].report, cast.actor("secretary1")
    save_section(report, "t01", "长" * 40, 0, actor=writer)
    save_section(report, "t01", new, 1, actor=writer)
    assert [row.text for row in ReportRevision.objects.all()] == kept


def test_a_text_that_stood_for_long_is_kept_when_replaced(
    cast: Cast, entrants: list[Entrant]
) -> None:
    report, writer = entrants[0].report, cast.actor("secretary1")
    save_section(report, "t01", "昨天写的", 0, actor=writer)
    ReportSection.objects.update(saved_at=timezone.now() - timedelta(hours=1))
    save_section(report, "t01", "昨天写的，今天补的", 1, actor=writer)
    assert ReportRevision.objects.get().text == "昨天写的"


@pytest.mark.parametrize("part", ["secretary2", "commissioner", "leader", "outsider"])
def test_only_the_own_secretary_writes(cast: Cast, entrants: list[Entrant], part: str) -> None:
    with pytest.raises(ForbiddenError):
        save_section(entrants[0].report, "t01", "代笔", 0, actor=cast.actor(part))
    assert not ReportSection.objects.exists()


def test_an_unknown_section_and_an_endless_text_are_refused(
    cast: Cast, entrants: list[Entrant]
) -> None:
    report, writer = entrants[0].report, cast.actor("secretary1")
    with pytest.raises(RefusedError, match="没有这一部分"):
        save_section(report, "t99", "文字", 0, actor=writer)
    with pytest.raises(RefusedError, match=str(SECTION_LIMIT)):
        save_section(report, "t01", "长" * (SECTION_LIMIT + 1), 0, actor=writer)
    endless = docx("一、扫黑除恶", "长" * (SECTION_LIMIT + 1))
    with pytest.raises(RefusedError, match="“扫黑除恶”超过"):
        upload_report(report, endless, "报告.docx", actor=writer)
    assert not ReportSection.objects.exists()


def test_submitting_names_what_is_missing(
    cast: Cast, reporting: Review, entrants: list[Entrant]
) -> None:
    report, writer = entrants[0].report, cast.actor("secretary1")
    for topic in TOPICS[:8]:
        save_section(report, topic["id"], LONG, 0, actor=writer)
    with pytest.raises(RefusedError, match="还有 2 个部分没有写：突出问题整改、存在问题和措施"):
        submit_report(report, actor=writer)


def test_a_submitted_report_must_be_taken_back_to_change(
    cast: Cast,
    reporting: Review,
    entrants: list[Entrant],
    write_report: Callable[[Entrant, str], None],
) -> None:
    write_report(entrants[0], "secretary1")
    report, writer = entrants[0].report, cast.actor("secretary1")
    report.entrant.review = reporting
    with pytest.raises(StateError, match="取回修改"):
        save_section(report, "t01", "改", 1, actor=writer)
    reopen_report(report, actor=writer)
    assert report_counts(reporting).done == 0
    report.refresh_from_db()
    assert report.submitted_at is None
    assert save_section(report, "t01", LONG + "改", 1, actor=writer).revision == 2


def test_a_word_file_fills_sections_and_keeps_what_it_replaces(
    cast: Cast, entrants: list[Entrant]
) -> None:
    report, writer = entrants[0].report, cast.actor("secretary1")
    save_section(report, "t05", "手写的一段", 0, actor=writer)
    data = docx("前言", "一、扫黑除恶", "线索全部办结。")
    upload_report(report, data, "报告.docx", actor=writer)
    assert queries.sections(report)[4].text == "线索全部办结。"
    assert report.loose_text == "前言"
    assert ReportRevision.objects.get().text == "手写的一段"


def test_freezing_fixes_text_and_digest(cast: Cast, entrants: list[Entrant]) -> None:
    report = entrants[0].report
    save_section(report, "t01", LONG, 0, actor=cast.actor("secretary1"))
    freeze_report(report, actor=cast.actor("commissioner"))
    ReportSection.objects.update(text="事后改动")
    assert report.state == ReportState.FROZEN
    assert queries.frozen_or_current(report)[0]["text"] == LONG
    assert len(report.digest) == 64


def test_text_copied_from_last_year_is_pointed_out(
    cast: Cast, entrants: list[Entrant], review: Review
) -> None:
    old = Review.objects.create(unit=review.unit, year=2025, title="上一年", topics=TOPICS)
    last = Entrant.objects.create(
        review=old, unit=entrants[0].unit, person=entrants[0].person, position=1
    )
    text = LONG * 6
    frozen = [{"id": "t01", "title": TOPICS[0]["title"], "text": text}]
    last.report = type(entrants[0].report).objects.create(entrant=last, frozen=frozen)
    save_section(
        entrants[0].report, "t01", text.replace("有", "无", 3), 0, actor=cast.actor("secretary1")
    )
    assert [hit["topic"] for hit in queries.copied_topics(entrants[0].report)] == ["t01"]
