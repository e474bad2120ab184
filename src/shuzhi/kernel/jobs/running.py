"""Run jobs in the task worker, and tend to what a dead worker left behind."""

import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from shuzhi.kernel.access import SYSTEM, Actor, actor_for
from shuzhi.kernel.errors import FaultsError, RefusedError
from shuzhi.kernel.models import Job, JobState

from .kinds import Outcome, Progress, job_kind
from .quiet import must_wait

WAIT = timedelta(seconds=30)
LOST_AFTER = timedelta(minutes=15)  # since its last word
KEPT = timedelta(days=30)
logger = logging.getLogger(__name__)


@task()
def run_job(pk: int, language: str = settings.LANGUAGE_CODE) -> None:
    """Run one job, or put it off while a hall is voting.

    It speaks the language of whoever started it: a worker's own is that of some terminal.
    """
    with override(language):
        _run(pk, language)


def _run(pk: int, language: str) -> None:
    job = Job.objects.select_related("owner").get(pk=pk)
    if job.state != JobState.WAITING:
        return  # told twice
    if job_kind(job.kind).heavy and must_wait():
        _say(job, note=_("会议正在投票，结束后自动办理。"))
        run_job.using(run_after=timezone.now() + WAIT).enqueue(pk, language)
        return
    _say(job, state=JobState.RUNNING, note="")
    _say(job, finished_at=timezone.now(), **_outcome(job))


def _say(job: Job, **facts: Any) -> None:
    Job.objects.filter(pk=job.pk).update(touched_at=timezone.now(), **facts)


def _actor(job: Job) -> Actor:
    return actor_for(job.owner) if job.owner else SYSTEM


def _outcome(job: Job) -> dict[str, Any]:
    """Do the work; return how the job ended."""
    try:
        found = job_kind(job.kind).work(Progress(job), actor=_actor(job), **job.facts)
    except RefusedError as refused:
        return _failure(str(refused.message), _faults(refused))
    except Exception:
        logger.exception("job %s failed", job.public_id)
        said = _("办理时出错。请先看结果在不在，不在再重新提交；仍不行请联系系统管理员。")
        return _failure(said, [])
    return {"state": JobState.DONE, "note": "", "result": _result(found)}


def _failure(message: str, faults: list[dict[str, Any]]) -> dict[str, Any]:
    result = {"message": message, "faults": faults}
    return {"state": JobState.FAILED, "note": "", "result": result}


def _faults(refused: RefusedError) -> list[dict[str, Any]]:
    if not isinstance(refused, FaultsError):
        return []
    return [{"row": f.row, "column": f.column, "message": str(f.message)} for f in refused.faults]


def _result(found: Outcome) -> dict[str, Any]:
    file = found.file.public_id if found.file else ""
    return {"message": str(found.message), "url": found.url, "file": file}


def _end_lost(jobs: Any) -> None:
    message = _("办理中断，请重新提交。")
    jobs.update(finished_at=timezone.now(), **_failure(message, []))


def recover() -> None:
    """At a worker's start: SQLite has one worker, so whatever runs now runs no more."""
    if connection.vendor == "sqlite":
        _end_lost(Job.objects.filter(state=JobState.RUNNING))


def tend() -> None:
    """Now and then: end jobs of which nothing was heard, forget old ones."""
    now = timezone.now()
    lost = Job.objects.filter(state=JobState.RUNNING, touched_at__lt=now - LOST_AFTER)
    if lost.exists():
        _end_lost(lost)
    old = Job.objects.filter(finished_at__lt=now - KEPT)
    if old.exists():
        old.delete()
        DBTaskResult.objects.finished().filter(finished_at__lt=now - KEPT).delete()
