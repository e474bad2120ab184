"""What the kernel shows of itself: navigation, the work list, the job that verifies the log."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .access import Actor, Permission
from .jobs import verifying
from .jobs.kinds import job_kind
from .models import Job, JobState
from .navigation import Entry, Section, register_entries
from .worklist import Duty, register_duties

ENTRIES = (
    Entry(_("审计日志"), "kernel:audit", Permission.AUDIT_VIEW, Section.SYSTEM, 1),
    Entry(_("存证核验"), "kernel:log", Permission.AUDIT_VIEW, Section.SYSTEM, 2),
    Entry(_("工作日历"), "kernel:calendar", Permission.PERIOD_MANAGE, Section.REGISTRY, 6),
    Entry(_("运行状况"), "kernel:health", Permission.SYSTEM_MANAGE, Section.SYSTEM, 3),
)
HINTS = {
    JobState.WAITING: _("已在后台排队，可以离开，稍后再看"),
    JobState.RUNNING: _("正在后台办理，可以离开，稍后再看"),
    JobState.DONE: _("已办完，点开看结果"),
    JobState.FAILED: _("没有办成，点开看原因"),
}


def jobs_of(actor: Actor) -> list[Duty]:
    """Return the actor's jobs that go on, or whose end they have not read."""
    if actor.account_id is None:
        return []
    rows = Job.objects.filter(owner_id=actor.account_id, seen=False)
    return [
        Duty(
            title=job.title,
            url=reverse("kernel:job", args=[job.public_id]),
            hint=HINTS[JobState(job.state)],
            minutes=1,
        )
        for job in rows
    ]


def register() -> None:
    """Register all of it; called once at start-up."""
    job_kind(verifying.KIND)
    register_entries(ENTRIES)
    register_duties(jobs_of)
