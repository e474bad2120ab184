"""The year guard: is a year open? Whoever keeps the years installs the answer at start-up."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from .errors import RefusedError

IsOpen = Callable[[int], bool]
_installed: list[IsOpen] = []


class YearClosedError(RefusedError):
    """The year is sealed: what was recorded in it stays as it is."""


def install_period_guard(is_open: IsOpen) -> None:
    """Install the function that tells whether a year is open."""
    _installed[:] = [is_open]


def require_open(year: int) -> None:
    """Refuse a write that belongs to a closed year; every service of yearly records calls it."""
    if not _installed[0](year):
        raise YearClosedError(_("%(year)d 年度已封存，不能再修改。") % {"year": year})
