"""A year of work: open, closed, and opened again when something must be mended."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Permission
from shuzhi.kernel.workflow import Transition, Workflow

from .enums import PeriodState
from .events import YearTurned


def _turned(period: Any) -> YearTurned:
    return YearTurned(period.year)


PERIOD = Workflow(
    "period",
    (
        Transition(
            "close",
            _("封存"),
            frozenset({PeriodState.OPEN}),
            PeriodState.CLOSED,
            Permission.PERIOD_MANAGE,
            announces=_turned,
        ),
        Transition(
            "reopen",
            _("重新启用"),
            frozenset({PeriodState.CLOSED}),
            PeriodState.OPEN,
            Permission.PERIOD_MANAGE,
            announces=_turned,
        ),
    ),
)
