"""Whose jobs are whose, and which are under way."""

from django.db.models import QuerySet

from shuzhi.kernel.access import Actor
from shuzhi.kernel.models import Job, JobState, StoredFile


def jobs_of(actor: Actor) -> QuerySet[Job]:
    """Return the jobs that `actor` has started; nobody else sees them."""
    if actor.account_id is None:
        return Job.objects.none()
    return Job.objects.filter(owner_id=actor.account_id)


def unfinished(kind: str, **facts: str) -> Job | None:
    """Return the job of this kind on these facts that waits or runs, whoever started it."""
    # Facts are kept as text, which no database can look into; few jobs are ever under way.
    rows = Job.objects.filter(kind=kind, state__in=(JobState.WAITING, JobState.RUNNING))
    return next((job for job in rows if facts.items() <= job.facts.items()), None)


def result_file(job: Job) -> StoredFile | None:
    """Return the file that a job has made, if any."""
    return StoredFile.objects.filter(public_id=job.result.get("file") or "-").first()


def mark_seen(job: Job) -> None:
    """Take an ended job off its owner's work list."""
    Job.objects.filter(pk=job.pk, seen=False).update(seen=True)
