"""This year's review, in preparation: what is left to do before the meeting."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from .county import County
from .crew import Crew
from .finished import draw_qualities, enter_figures, prepare, reporters_of, write_report
from .hall import call_hall

REPORTS_DUE, MEETING = timedelta(days=5), timedelta(days=14)  # from today
HANDED_IN, BEGUN = 18, 2  # of the 21 reporters; one has not begun


def prepare_this_year(
    county: County, crew: Crew, names: Iterator[str], random: Random, today: date
) -> None:
    """Prepare the review and let the first secretaries write."""
    review = prepare(county, crew, today.year, today + MEETING, today + REPORTS_DUE)
    for number, entrant in enumerate(reporters_of(review)[: HANDED_IN + BEGUN]):
        sections = None if number < HANDED_IN else 2 + number % 4
        write_report(entrant, crew, random, sections=sections)
    enter_figures(review, draw_qualities(county, random), crew, random)
    if review.gathering is not None:
        call_hall(review.gathering, county, names, actor=crew.commissioner)
