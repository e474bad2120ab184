"""Year and unit in which a person works: chosen once, they stay from page to page."""

from django.http import HttpRequest
from django.utils import timezone

from .period import working_year

KEY = "year"
UNIT = "unit"


def chosen_year(request: HttpRequest) -> int:
    """Return the chosen year of work, or the one in which today's work counts."""
    chosen = request.session.get(KEY)
    return chosen if isinstance(chosen, int) else working_year(timezone.localdate().year)


def choose_year(request: HttpRequest, year: int) -> None:
    """Keep `year` for the rest of this session."""
    request.session[KEY] = year


def chosen_unit(request: HttpRequest) -> str:
    """Return the path of the unit in which somebody with several posts works now; "" for all."""
    chosen = request.session.get(UNIT)
    return chosen if isinstance(chosen, str) else ""


def choose_unit(request: HttpRequest, path: str) -> None:
    """Work at one unit alone for the rest of this session; "" is all of them."""
    request.session[UNIT] = path
