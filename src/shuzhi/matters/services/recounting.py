"""Count working-day deadlines again when the calendar has changed, with a note on each case."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Min, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from shuzhi.kernel.access import SYSTEM
from shuzhi.kernel.audit import record
from shuzhi.kernel.calendar import Workdays
from shuzhi.kernel.models import CalendarDay
from shuzhi.kernel.writes import verb
from shuzhi.matters.enums import DeadlineState, StepKind
from shuzhi.matters.limits import BATCH
from shuzhi.matters.models import Matter, MatterDeadline, MatterStep
from shuzhi.matters.terms import counted


@verb
def recount_terms() -> int:
    """Count every running working-day deadline again; return how many moved.

    Doing it twice changes nothing more. Each moved deadline is told in its matter's story.
    """
    calendar = Workdays()
    running = MatterDeadline.objects.filter(
        state=DeadlineState.RUNNING, working=True, days__gt=0
    ).order_by()
    dues = {
        (base, days): counted(base, days, working=True, calendar=calendar)
        for base, days in running.values_list("base", "days").distinct()
    }
    moved = []
    for row in running.select_related("matter").iterator(chunk_size=2000):
        due = dues[row.base, row.days]
        if due != row.due_on:
            moved.append((row, row.due_on))
            row.due_on = due
    if moved:
        _store(moved)
    return len(moved)


def _store(moved: list[tuple[MatterDeadline, date]]) -> None:
    rows = [row for row, _was in moved]
    MatterDeadline.objects.bulk_update(rows, ["due_on"], batch_size=BATCH)
    _keep_nearest({row.matter_id for row in rows})
    MatterStep.objects.bulk_create((_note(*one) for one in moved), batch_size=BATCH)
    facts = {"moved": len(moved), "matters": sorted(row.matter.public_id for row in rows)}
    day = CalendarDay.objects.order_by("-pk").first() or rows[0]
    record("matter.terms_recounted", day, actor=SYSTEM, after=facts)


def _keep_nearest(matters: Iterable[int]) -> None:
    """Keep the nearest running deadline with each matter; one statement a batch."""
    nearest = (
        MatterDeadline.objects.filter(matter=OuterRef("pk"), state=DeadlineState.RUNNING)
        .order_by()
        .values("matter")
        .annotate(due=Min("due_on"))
        .values("due")
    )
    keys = sorted(matters)
    for start in range(0, len(keys), BATCH):
        part = Matter.objects.filter(pk__in=keys[start : start + BATCH], closed_on=None)
        part.update(due=Subquery(nearest))


def _note(row: MatterDeadline, was: date) -> MatterStep:
    words = {"was": was.isoformat(), "now": row.due_on.isoformat()}
    return MatterStep(
        matter=row.matter,
        kind=StepKind.CALENDAR,
        state=row.matter.state_key,
        round=row.round,
        note=_("工作日历有调整，期限由 %(was)s 改为 %(now)s。") % words,
        at=timezone.now(),
    )
