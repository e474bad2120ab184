"""What the worker does for matters by itself: the day's round, deadlines after a new calendar."""

from datetime import datetime, time
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuzhi.kernel.access import SYSTEM
from shuzhi.kernel.calendar import CalendarChanged
from shuzhi.kernel.events import on
from shuzhi.kernel.health import Check
from shuzhi.kernel.jobs import Outcome, Progress, job, start_job
from shuzhi.kernel.jobs.queries import unfinished
from shuzhi.registry.events import YearTurned
from shuzhi.registry.queries import closed_into

from .models import DailyRound, Matter, MatterDeadline
from .services.carrying import carry_over
from .services.recounting import recount_terms
from .services.reminding import daily_round

MORNING = time(6, 30)  # digests are there when people come to work
RECOUNT = "matters.recount"
CARRY = "matters.carry"


@job(RECOUNT)
def recount(_progress: Progress, **_facts: Any) -> Outcome:
    """Count deadlines in working days again."""
    return Outcome(_("%(n)d 个期限按新的工作日历重算。") % {"n": recount_terms()})


@on(CalendarChanged)
def hear_calendar(_event: CalendarChanged) -> None:
    """Start counting again; several changed days are one job each, and the later find nothing."""
    if MatterDeadline.objects.exists():
        start_job(RECOUNT, gettext_lazy("按新的工作日历重算期限"), actor=SYSTEM)


@job(CARRY)
def carry(_progress: Progress, **_facts: Any) -> Outcome:
    """Carry what is open out of closed years."""
    return Outcome(_("%(n)d 件没有办结的事项转入下一年度。") % {"n": carry_over()})


@on(YearTurned)
def hear_year(_event: YearTurned) -> None:
    """Start carrying what is open in a closed year."""
    start_carrying()


def start_carrying() -> None:
    """Start it where something is left to carry and there is a year to carry it to."""
    if Matter.objects.filter(year__in=closed_into(), closed_on=None).exists():
        start_job(CARRY, gettext_lazy("未办结的事项转入下一年度"), actor=SYSTEM)


def morning_round() -> None:
    """Do the day's round once it is morning; only look if it is done.

    With it, once a day, carrying begins again where it has failed.
    """
    now = timezone.localtime()
    if now.time() < MORNING or DailyRound.objects.filter(day=now.date()).exists():
        return
    if daily_round(now.date()) and not unfinished(CARRY):
        start_carrying()


def reminders_check(now: datetime | None = None) -> Check:
    """Tell whether the day's round is done; a system administrator's sign when it is not."""
    now, last = now or timezone.localtime(), DailyRound.objects.aggregate(last=Max("day"))["last"]
    if last == now.date() or not MatterDeadline.objects.exists():
        return Check(
            gettext_lazy("每日提醒"), well=True, words=_("今天的提醒已写好，或没有需要提醒的事项")
        )
    awaited = now.time() < MORNING or now.hour <= MORNING.hour
    if awaited:
        words = _("今天的提醒还没有到写的时候")
    else:
        late = _("今天的提醒还没有写，上一次是 %(day)s，请看后台服务是否在运行")
        words = late % {"day": last or "—"}
    return Check(gettext_lazy("每日提醒"), well=awaited, words=words)
