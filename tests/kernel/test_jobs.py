"""A job runs with its owner's grants, tells how far it is, and ends in plain words."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from shuzhi.kernel.access import Actor, Permission
from shuzhi.kernel.errors import FaultsError, RefusedError, RowFault
from shuzhi.kernel.jobs import Outcome, Progress, job, quiet, register_busy, start_job
from shuzhi.kernel.jobs.running import KEPT, LOST_AFTER, recover, run_job, tend
from shuzhi.kernel.models import Job, JobState
from tests.cast import Cast
from tests.jobs import run_waiting_jobs

pytestmark = pytest.mark.django_db
seen: list[Any] = []


@job("test.count")
def _count(progress: Progress, *, actor: Actor, upto: int) -> Outcome:
    progress(upto - 1, upto, "快好了")
    progress(upto, upto, "好了")
    seen.append(actor.has(Permission.REVIEW_MANAGE))
    return Outcome(f"数到 {upto}", url="/registry/")


@job("test.refuse", heavy=False)
def _refuse(_progress: Progress, *, actor: Actor) -> Outcome:
    raise RefusedError(f"{actor.name}不能办理")


@job("test.faults")
def _faulty(_progress: Progress, *, actor: Actor) -> Outcome:
    raise FaultsError([RowFault(3, "姓名", "必须填写")])


@job("test.break")
def _break(_progress: Progress, *, actor: Actor) -> Outcome:
    raise ZeroDivisionError


@pytest.fixture
def hall() -> Iterator[list[bool]]:
    """A hall that is voting while the list holds True."""
    voting = [True]
    register_busy(lambda: voting[0])
    yield voting
    quiet._busy.pop()


def _run(kind: str, cast: Cast, **facts: Any) -> Job:
    found = start_job(kind, "测试", actor=cast.actor("commissioner"), **facts)
    run_waiting_jobs()
    found.refresh_from_db()
    return found


def test_a_job_is_done_with_its_owners_grants(cast: Cast) -> None:
    seen.clear()
    found = _run("test.count", cast, upto=5)
    assert (found.state, found.percent, found.ended) == (JobState.DONE, 100, True)
    assert found.result == {"message": "数到 5", "url": "/registry/", "file": ""}
    assert (found.done, found.total) == (5, 5)
    assert seen == [True]


@pytest.mark.parametrize(
    ("reader", "terminal", "words"),
    [("zh-hans", "en", "办理时出错"), ("en", "zh-hans", "Something went wrong")],
)
def test_a_job_speaks_the_language_of_whoever_started_it(
    cast: Cast, reader: str, terminal: str, words: str
) -> None:
    with translation.override(reader):
        found = start_job("test.break", "测试", actor=cast.actor("commissioner"))
    with translation.override(terminal):
        run_waiting_jobs()
    found.refresh_from_db()
    assert found.result["message"].startswith(words)


def test_nothing_runs_before_the_worker_takes_it(cast: Cast) -> None:
    found = start_job("test.count", "测试", actor=cast.actor("commissioner"), upto=5)
    assert (found.state, found.percent) == (JobState.WAITING, 0)
    assert DBTaskResult.objects.ready().count() == 1


def test_a_refusal_is_shown_as_it_was_said(cast: Cast) -> None:
    found = _run("test.refuse", cast)
    assert found.state == JobState.FAILED
    assert found.result["message"] == f"{cast.people['commissioner'].name}不能办理"


def test_faults_keep_their_places(cast: Cast) -> None:
    found = _run("test.faults", cast)
    assert found.result["faults"] == [{"row": 3, "column": "姓名", "message": "必须填写"}]


def test_an_error_says_so_without_its_insides(cast: Cast) -> None:
    found = _run("test.break", cast)
    assert found.state == JobState.FAILED
    assert "ZeroDivision" not in str(found.result)
    assert DBTaskResult.objects.failed().count() == 0  # the queue itself is in order


def test_an_unknown_kind_is_an_error(cast: Cast) -> None:
    with pytest.raises(KeyError):
        start_job("test.unheard", "x", actor=cast.actor("commissioner"))


@pytest.mark.only("sqlite")
def test_heavy_work_waits_while_a_hall_votes(cast: Cast, hall: list[bool]) -> None:
    heavy = _run("test.count", cast, upto=5)
    assert heavy.state == JobState.WAITING
    assert "会议" in heavy.note
    assert _run("test.refuse", cast).state == JobState.FAILED  # light work does not wait
    hall[0] = False
    DBTaskResult.objects.update(run_after=timezone.now())
    run_waiting_jobs()
    heavy.refresh_from_db()
    assert heavy.state == JobState.DONE


def _running(cast: Cast, touched: timedelta) -> Job:
    found = start_job("test.count", "测试", actor=cast.actor("commissioner"), upto=5)
    moment = timezone.now() - touched
    Job.objects.filter(pk=found.pk).update(state=JobState.RUNNING, touched_at=moment)
    return found


def test_a_job_of_a_dead_worker_is_ended_in_words(cast: Cast) -> None:
    lost, alive = _running(cast, LOST_AFTER * 2), _running(cast, timedelta())
    tend()
    lost.refresh_from_db()
    alive.refresh_from_db()
    assert (lost.state, alive.state) == (JobState.FAILED, JobState.RUNNING)
    assert "重新提交" in lost.result["message"]


@pytest.mark.only("sqlite")
def test_the_only_worker_starts_with_a_clean_desk(cast: Cast) -> None:
    found = _running(cast, timedelta())
    recover()
    found.refresh_from_db()
    assert found.state == JobState.FAILED


def test_a_job_told_twice_runs_once(cast: Cast) -> None:
    seen.clear()
    found = _run("test.count", cast, upto=5)

    run_job.enqueue(found.pk)
    run_waiting_jobs()
    assert len(seen) == 1


def test_old_jobs_are_forgotten(cast: Cast) -> None:
    old, new = _run("test.refuse", cast), _run("test.refuse", cast)
    Job.objects.filter(pk=old.pk).update(finished_at=timezone.now() - KEPT * 2)
    tend()
    assert list(Job.objects.all()) == [new]
