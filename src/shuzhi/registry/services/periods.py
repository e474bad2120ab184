"""Verbs on years of work: open, close, open again."""

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.events import publish
from shuzhi.kernel.workflow import perform
from shuzhi.kernel.writes import verb
from shuzhi.registry.events import YearTurned
from shuzhi.registry.models import Period
from shuzhi.registry.workflow import PERIOD

FIRST, LAST = 1949, 2199


@verb
def open_period(*, actor: Actor, year: int) -> Period:
    """Begin a year of work."""
    period = Period(year=year)
    require(actor, Permission.PERIOD_MANAGE, period)
    if not FIRST <= year <= LAST:
        raise RefusedError(_("年度应为四位年份，如 2026。"))
    if Period.objects.filter(year=year).exists():
        raise RefusedError(_("%(year)d 年度已经启用。") % {"year": year})
    period.save()
    record("period.open", period, actor=actor, after={"year": year})
    publish(YearTurned(year))
    return period


def close_period(*, actor: Actor, period: Period) -> Period:
    """Close the year: from now on nothing of it can be changed."""
    return perform(PERIOD, period, "close", actor=actor)


def reopen_period(*, actor: Actor, period: Period) -> Period:
    """Open a closed year again, on record, because something must be mended."""
    return perform(PERIOD, period, "reopen", actor=actor)
