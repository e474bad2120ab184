"""Start a job: it stands in the queue once the verb that starts it has committed."""

from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language

from shuzhi.kernel.access import Actor
from shuzhi.kernel.models import Job
from shuzhi.kernel.writes import verb

from .kinds import job_kind


@verb
def start_job(kind: str, title: str | Promise, *, actor: Actor, **facts: Any) -> Job:
    """Queue work of `kind` with JSON `facts`; show the person `job.public_id`'s page.

    Who may start it is for the calling verb to check; the work checks again when it runs.
    """
    from .running import run_job

    name = job_kind(kind).name
    job = Job.objects.create(
        kind=name, title=str(title)[:200], owner_id=actor.account_id, facts=facts
    )
    run_job.enqueue(job.pk, get_language() or settings.LANGUAGE_CODE)
    return job
