"""The years of work: is one open, and in which does new work count? Who keeps them answers."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext_lazy as _

from .errors import RefusedError

Years = Callable[[], Mapping[int, bool]]  # every year that was ever opened: is it open now
_installed: list[Years] = []


class YearClosedError(RefusedError):
    """The year is sealed, or nobody has opened it yet: nothing can be written in it."""


def install_years(years: Years) -> None:
    """Install the function that knows the years of work."""
    _installed[:] = [years]


def known_years() -> Mapping[int, bool]:
    """Return every year that was ever opened, and whether it is open now."""
    return _installed[0]()


def require_open(year: int) -> None:
    """Refuse a write that belongs to a year not open; every service of yearly records calls it."""
    years = known_years()
    if years.get(year):
        return
    words = {"year": year}
    if year in years:
        raise YearClosedError(_("%(year)d 年度已封存，不能再修改。") % words)
    raise YearClosedError(_("%(year)d 年度还没有启用，请组织部门先启用这一年度。") % words)


def working_year(calendar_year: int, years: Mapping[int, bool]) -> int:
    """Return the year in which the work of this calendar year counts: its own while it is open.

    In January, before it is opened, work counts in the year that still goes on; after it has been
    sealed, in the next. What somebody finds on the spot is never refused for want of a year.
    """
    going = sorted(year for year, is_open in years.items() if is_open)
    if calendar_year in going or not going:
        return calendar_year
    later = [year for year in going if year > calendar_year]
    earlier = [year for year in going if year < calendar_year]
    if calendar_year in years:
        return later[0] if later else calendar_year
    return earlier[-1] if earlier else calendar_year
