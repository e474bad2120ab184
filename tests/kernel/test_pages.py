"""The kernel's pages: each for those whom it concerns, and for nobody else."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from shuzhi.kernel.access import SYSTEM, Actor
from shuzhi.kernel.audit import EventKind, record, register_events
from shuzhi.kernel.audit.exporting import verify_lines
from shuzhi.kernel.audit.log import current_head
from shuzhi.kernel.errors import FaultsError, RowFault
from shuzhi.kernel.files import store_bytes
from shuzhi.kernel.health import AHEAD, health
from shuzhi.kernel.jobs import Outcome, Progress, job, start_job
from shuzhi.kernel.models import AuditEvent, CalendarDay, StoredFile
from shuzhi.kernel.worklist import duties
from shuzhi.registry.models import Period
from tests.cast import Cast
from tests.jobs import run_waiting_jobs

Browse = Callable[[str], Client]
register_events(
    [EventKind("test.seen", "看见", frozenset({"phone"}), link=lambda key: f"/years/{key}/")]
)
PAGES = {
    "/system/audit/": {"audit"},
    "/system/log/": {"audit"},
    "/system/log/export/": {"audit"},
    "/system/calendar/": {"organiser"},
    "/system/health/": {"system"},
    "/system/jobs/": {"audit", "organiser", "system", "commissioner", "secretary1", "security"},
}
PARTS = ("audit", "organiser", "system", "security", "commissioner", "secretary1", "leader")


def _text(response: Any) -> str:
    return str(response.content.decode())


def _record(count: int = 1) -> AuditEvent:
    period = Period.objects.get()
    for _number in range(count):
        facts = {"state": "open", "phone": "138-0000-0000"}
        record("test.seen", period, actor=SYSTEM, after=facts)
    current_head()
    return AuditEvent.objects.filter(kind="test.seen").latest("pk")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("page", PAGES)
def test_who_may_see_which_page(cast: Cast, browse: Browse, page: str, part: str) -> None:
    _record()
    expected = 200 if part in PAGES[page] or page == "/system/jobs/" else 403
    assert browse(part).get(page).status_code == expected


@pytest.mark.parametrize("page", PAGES)
def test_strangers_are_sent_to_the_door(cast: Cast, client: Client, page: str) -> None:
    answer = client.get(page)
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]


def test_the_audit_log_shows_words_and_no_personal_fact(cast: Cast, browse: Browse) -> None:
    event = _record()
    auditor = browse("audit")
    assert "看见" in _text(auditor.get("/system/audit/"))
    page = _text(auditor.get(f"/system/audit/{event.public_id}/"))
    assert "state" in page
    assert "138-0000" not in page
    assert f"/years/{event.subject_id}/" in page
    assert browse("commissioner").get(f"/system/audit/{event.public_id}/").status_code == 403
    assert auditor.get("/system/audit/NOTHING/").status_code == 404


def test_a_proof_is_handed_out(cast: Cast, browse: Browse) -> None:
    event = _record(5)
    proof = json.loads(_text(browse("audit").get(f"/system/audit/{event.public_id}/proof/")))
    assert (proof["payload"], proof["position"]) == (event.payload, event.position)
    assert proof["head"]["size"] == 5


def test_an_exported_log_verifies(cast: Cast, browse: Browse) -> None:
    _record(3)
    answer = browse("audit").get("/system/log/export/")
    lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    report = verify_lines(lines)
    assert (report.sound, report.size) == (True, 3)


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_for_one_and_for_thirty(
    cast: Cast, browse: Browse, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    _record(count)
    auditor = browse("audit")
    auditor.get("/system/audit/")
    with django_assert_num_queries(7):
        auditor.get("/system/audit/")


def test_verifying_from_the_page_points_at_the_record(cast: Cast, browse: Browse) -> None:
    event = _record(3)
    auditor = browse("audit")
    AuditEvent.objects.filter(pk=event.pk).update(payload=event.payload.replace("open", "shut"))
    answer = auditor.post("/system/log/verify/")
    assert "排队中" in _text(auditor.get(answer["Location"]))
    run_waiting_jobs()
    page = _text(auditor.get(answer["Location"]))
    assert "第 2 条" in page
    assert "hx-get" not in page  # it has ended: nothing to ask for


@job("test.page")
def _work(_progress: Progress, *, actor: Actor) -> Outcome:
    made = store_bytes(b"a,b", "甲.csv", "text/csv", actor=actor)
    return Outcome("办好了", url="/registry/units/", file=made)


@job("test.page-faults")
def _faults(_progress: Progress, *, actor: Actor) -> Outcome:
    raise FaultsError([RowFault(3, "姓名", "<b>必须填写</b>")])


def test_a_job_is_its_owners_alone(cast: Cast, browse: Browse) -> None:
    found = start_job("test.page", "导出", actor=cast.actor("commissioner"))
    page = f"/system/jobs/{found.public_id}/"
    waiting = _text(browse("commissioner").get(page))
    assert f'hx-get="{page}"' in waiting
    run_waiting_jobs()
    assert [duty.title for duty in duties(cast.actor("commissioner"))] == ["导出"]
    done = _text(browse("commissioner").get(page))
    assert "办好了" in done
    assert [duty.title for duty in duties(cast.actor("commissioner"))] == []
    for part in ("outsider", "organiser", "system"):
        assert browse(part).get(page).status_code == 404
        assert browse(part).get(f"{page}file/").status_code == 404


def test_htmx_asks_for_its_part_alone(cast: Cast, browse: Browse) -> None:
    found = start_job("test.page", "导出", actor=cast.actor("commissioner"))
    page = f"/system/jobs/{found.public_id}/"
    part = _text(browse("commissioner").get(page, headers={"HX-Target": "job"}))
    assert part.strip().startswith('<div id="job"')


def test_a_file_is_a_download_that_no_browser_runs(cast: Cast, browse: Browse) -> None:
    found = start_job("test.page", "导出", actor=cast.actor("commissioner"))
    page = f"/system/jobs/{found.public_id}/file/"
    assert browse("commissioner").get(page).status_code == 404  # nothing made yet
    run_waiting_jobs()
    answer = browse("commissioner").get(page)
    assert answer.content == b"a,b"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_file_changed_on_the_disk_is_not_served(cast: Cast, browse: Browse) -> None:
    found = start_job("test.page", "导出", actor=cast.actor("commissioner"))
    run_waiting_jobs()
    StoredFile.objects.update(sha256="0" * 64)
    answer = browse("commissioner").get(f"/system/jobs/{found.public_id}/file/")
    assert answer.status_code == 409
    assert "不一致" in _text(answer)


def test_faults_are_listed_and_never_run(cast: Cast, browse: Browse) -> None:
    found = start_job("test.page-faults", "导入", actor=cast.actor("commissioner"))
    run_waiting_jobs()
    page = _text(browse("commissioner").get(f"/system/jobs/{found.public_id}/"))
    assert "&lt;b&gt;必须填写" in page
    assert "<b>必须填写" not in page


def test_the_calendar_is_kept_on_its_page(cast: Cast, browse: Browse) -> None:
    organiser = browse("organiser")
    assert "春节" in _text(organiser.get("/system/calendar/?year=2026"))
    assert "还没有录入" in _text(organiser.get("/system/calendar/?year=2031"))
    day = {"day": "2026-11-20", "kind": "off", "name": "停电检修"}
    organiser.post("/system/calendar/", day)
    assert CalendarDay.objects.get(day=date(2026, 11, 20)).name == "停电检修"
    organiser.post("/system/calendar/2026-11-20/clear/")
    assert not CalendarDay.objects.filter(day=date(2026, 11, 20)).exists()
    assert organiser.post("/system/calendar/", {"day": "nonsense"}).status_code == 422
    assert organiser.post("/system/calendar/2026-13-45/clear/").status_code == 404


def test_health_names_what_must_be_done(cast: Cast, browse: Browse) -> None:
    soon = timezone.localdate() + AHEAD
    CalendarDay.objects.get_or_create(day=soon, defaults={"working": True, "name": "录入"})
    assert [check.words for check in health() if not check.well] == []
    CalendarDay.objects.all().delete()
    page = _text(browse("system").get("/system/health/"))
    assert "还没有录入" in page
    assert page.count("需要处理") == 1
