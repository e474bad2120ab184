"""Change the calendar: by a person, and what ships with the product for years not entered yet."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.events import publish
from shuzhi.kernel.models import CalendarDay
from shuzhi.kernel.writes import verb

from .counting import covered_years
from .holidays import HOLIDAYS, days


@dataclass(frozen=True)
class CalendarChanged:
    """A day is worked or off other than before: whoever counts working days counts again."""

    day: date


@verb
def set_day(*, actor: Actor, day: date, working: bool, name: str) -> CalendarDay:
    """Say that `day` is worked or off, and why."""
    require(actor, Permission.PERIOD_MANAGE, CalendarDay(day=day))
    facts = {"working": working, "name": name.strip()}
    found, _made = CalendarDay.objects.update_or_create(day=day, defaults=facts)
    record("calendar.set", found, actor=actor, after=facts | {"day": day})
    publish(CalendarChanged(day))
    return found


@verb
def clear_day(*, actor: Actor, day: date) -> None:
    """Let `day` follow the week again."""
    found = CalendarDay.objects.filter(day=day).first()
    if found is None:
        return
    require(actor, Permission.PERIOD_MANAGE, found)
    record("calendar.clear", found, actor=actor, before={"day": day, "working": found.working})
    found.delete()
    publish(CalendarChanged(day))


def seed_calendar(**_signal: Any) -> None:
    """Enter the holidays that ship with the product, for years that have no entry at all."""
    covered = covered_years()
    CalendarDay.objects.bulk_create(
        CalendarDay(day=day, working=working, name=name)
        for holiday in HOLIDAYS
        if holiday.first.year not in covered
        for day, working, name in days(holiday)
    )
