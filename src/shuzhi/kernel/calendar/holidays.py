"""Statutory holidays and make-up days, as the State Council's notices set them.

2025: 国办发明电〔2024〕12号, 12 November 2024. 2026: notice of 4 November 2025.
A year's notice appears in the November before; `missing_years` warns until it is entered.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple


class Holiday(NamedTuple):
    """Days off from `first` to `last`, and the weekend days worked in exchange."""

    name: str
    first: date
    last: date
    worked: tuple[date, ...] = ()


HOLIDAYS: tuple[Holiday, ...] = (
    Holiday("元旦", date(2025, 1, 1), date(2025, 1, 1)),
    Holiday("春节", date(2025, 1, 28), date(2025, 2, 4), (date(2025, 1, 26), date(2025, 2, 8))),
    Holiday("清明节", date(2025, 4, 4), date(2025, 4, 6)),
    Holiday("劳动节", date(2025, 5, 1), date(2025, 5, 5), (date(2025, 4, 27),)),
    Holiday("端午节", date(2025, 5, 31), date(2025, 6, 2)),
    Holiday(
        "国庆节、中秋节",
        date(2025, 10, 1),
        date(2025, 10, 8),
        (date(2025, 9, 28), date(2025, 10, 11)),
    ),
    Holiday("元旦", date(2026, 1, 1), date(2026, 1, 3), (date(2026, 1, 4),)),
    Holiday("春节", date(2026, 2, 15), date(2026, 2, 23), (date(2026, 2, 14), date(2026, 2, 28))),
    Holiday("清明节", date(2026, 4, 4), date(2026, 4, 6)),
    Holiday("劳动节", date(2026, 5, 1), date(2026, 5, 5), (date(2026, 5, 9),)),
    Holiday("端午节", date(2026, 6, 19), date(2026, 6, 21)),
    Holiday("中秋节", date(2026, 9, 25), date(2026, 9, 27)),
    Holiday(
        "国庆节", date(2026, 10, 1), date(2026, 10, 7), (date(2026, 9, 20), date(2026, 10, 10))
    ),
)


def days(holiday: Holiday) -> Iterator[tuple[date, bool, str]]:
    """Yield each day of a holiday and each make-up day: the day, whether worked, the name."""
    for offset in range((holiday.last - holiday.first).days + 1):
        yield holiday.first + timedelta(days=offset), False, holiday.name
    for worked in holiday.worked:
        yield worked, True, f"{holiday.name}调休上班"
