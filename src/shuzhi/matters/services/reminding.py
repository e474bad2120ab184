"""The day's round: one digest for each person, overdue matters passed on to the level above."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from shuzhi.kernel.access import SYSTEM
from shuzhi.kernel.audit import record
from shuzhi.kernel.writes import verb
from shuzhi.matters.enums import StepKind
from shuzhi.matters.limits import BATCH
from shuzhi.matters.models import DailyRound, Digest, MatterDeadline, MatterStep
from shuzhi.matters.queries.digests import DAYS
from shuzhi.matters.queries.reminders import reminders


@verb
def daily_round(today: date) -> DailyRound | None:
    """Write today's digests and pass on what is overdue beyond its grace; once a day.

    Digests that the page shows no longer are deleted.
    """
    if DailyRound.objects.filter(day=today).exists():
        return None
    Digest.objects.filter(day__lte=today - timedelta(days=DAYS)).delete()
    digests, late = reminders(today)
    _escalate(late, today)
    Digest.objects.bulk_create(
        (Digest(person_id=person, day=today, lines=lines.found)
         for person, lines in sorted(digests.items())),
        batch_size=BATCH,
    )  # fmt: skip
    return DailyRound.objects.create(day=today, digests=len(digests), escalated=len(late))


def _escalate(late: list[MatterDeadline], today: date) -> None:
    """Write into the story that the level above is told; once for each run of a deadline."""
    steps = []
    for row in late:
        unit = row.escalated_to
        assert unit is not None  # noqa: S101 (for the type; others are not passed on)
        row.escalated_on = today
        words = {"n": (today - row.due_on).days, "unit": unit.name}
        note = _("已逾期 %(n)d 天，报%(unit)s。") % words
        steps.append(
            MatterStep(
                matter=row.matter,
                kind=StepKind.ESCALATED,
                state=row.matter.state_key,
                round=row.round,
                unit=unit,
                note=note,
            )
        )
        record("matter.escalated", row.matter, actor=SYSTEM, after={"to": unit.code})
    MatterDeadline.objects.bulk_update(late, ["escalated_on", "escalated_to"], batch_size=BATCH)
    MatterStep.objects.bulk_create(steps, batch_size=BATCH)
