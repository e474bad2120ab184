"""The year in which a person works: chosen once, it stays while they move through the pages."""

from django.http import HttpRequest
from django.utils import timezone

KEY = "year"


def chosen_year(request: HttpRequest) -> int:
    """Return the chosen year of work, or this calendar year when none has been chosen."""
    chosen = request.session.get(KEY)
    return chosen if isinstance(chosen, int) else timezone.localdate().year


def choose_year(request: HttpRequest, year: int) -> None:
    """Keep `year` for the rest of this session."""
    request.session[KEY] = year
