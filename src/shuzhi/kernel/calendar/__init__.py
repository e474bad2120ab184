"""Working days: the week, the statutory holidays and make-up days, and what a site changes."""

from .counting import (
    Workdays,
    add_working_days,
    covered_years,
    is_working_day,
    missing_years,
    working_days_between,
)
from .services import CalendarChanged, clear_day, set_day

__all__ = [
    "CalendarChanged",
    "Workdays",
    "add_working_days",
    "clear_day",
    "covered_years",
    "is_working_day",
    "missing_years",
    "set_day",
    "working_days_between",
]
