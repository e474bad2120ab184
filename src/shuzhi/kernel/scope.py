"""Year and unit in which a person works: chosen once, they stay from page to page."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils import timezone

from .period import known_years, working_year

KEY = "year"
YEARS = "years_of_work"
UNIT = "unit"


def years(request: HttpRequest) -> Mapping[int, bool]:
    """Return the years of work, and whether each is open; read once a request."""
    held: dict[str, Mapping[int, bool]] = request.__dict__
    if YEARS not in held:
        held[YEARS] = known_years()
    return held[YEARS]


def chosen_year(request: HttpRequest) -> int:
    """Return the chosen year of work, or the one in which today's work counts."""
    chosen = request.session.get(KEY)
    return (
        chosen
        if isinstance(chosen, int)
        else working_year(timezone.localdate().year, years(request))
    )


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
