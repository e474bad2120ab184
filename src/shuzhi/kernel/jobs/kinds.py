"""Kinds of job: rooms declare the function that does the work."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise

from shuzhi.kernel.models import Job, StoredFile

TELL_SECONDS = 0.5  # a person does not see more, and each word is a write


@dataclass(frozen=True)
class Outcome:
    """What came of a job: a sentence, a page to go on to, a file to fetch."""

    message: str | Promise
    url: str = ""
    file: StoredFile | None = None


class Progress:
    """What the work tells of itself; call it between verbs, never inside one.

    Inside a verb's transaction nobody would see it, and on SQLite it would wait for the verb.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self._told = timezone.now()

    def __call__(self, done: int, total: int, note: str | Promise = "") -> None:
        """Tell that `done` of `total` is done, with a few words on what is going on."""
        now = timezone.now()
        if (now - self._told).total_seconds() < TELL_SECONDS and done < total:
            return
        self._told = now
        facts = {"done": done, "total": total, "note": str(note)[:200], "touched_at": now}
        Job.objects.filter(pk=self._job.pk).update(**facts)


Work = Callable[..., Outcome]


@dataclass(frozen=True)
class JobKind:
    """A kind: its name, its function, and whether it must wait while a hall is voting."""

    name: str
    work: Work
    heavy: bool


_kinds: dict[str, JobKind] = {}


def job(name: str, *, heavy: bool = True) -> Callable[[Work], Work]:
    """Declare the work of a kind: `def work(progress, *, actor, **facts) -> Outcome`.

    It runs with the grants that its owner holds then, calls verbs as any page does, and refuses
    by raising `RefusedError`. On SQLite a heavy kind waits while a meeting votes. A job may be
    started again after a crash: verbs must stand being called a second time or refuse it.
    """

    def register(work: Work) -> Work:
        if name in _kinds and _kinds[name].work is not work:
            raise ValueError(f"job declared twice: {name}")
        _kinds[name] = JobKind(name, work, heavy)
        return work

    return register


def job_kind(name: str) -> JobKind:
    """Return a kind; an unknown one raises."""
    return _kinds[name]
