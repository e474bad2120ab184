"""This year's review, in preparation: what is left to do before the meeting."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from shuzhi.appraisal import services as appraisal

from .county import County
from .crew import Crew
from .finished import draw_qualities, enter_figures, plan, write_report
from .hall import call_hall

REPORTS_DUE, MEETING = timedelta(days=5), timedelta(days=14)  # from today
HANDED_IN, BEGUN = 18, 2  # of the 21 reporters; one has not begun


def prepare_this_year(
    county: County, crew: Crew, names: Iterator[str], random: Random, today: date
) -> None:
    """Prepare the review and let the first secretaries write."""
    review = appraisal.prepare_review(
        actor=crew.commissioner,
        unit=county.town,
        year=today.year,
        plan=plan(f"{today.year}年度社区党组织书记述职评议", today + MEETING, today + REPORTS_DUE),
        units=county.communities,
    )
    appraisal.invite_reports(review, actor=crew.commissioner)
    topics = [topic["id"] for topic in review.topics]
    writing = review.entrants.select_related("unit", "report", "person", "review__unit")
    for number, entrant in enumerate(writing[: HANDED_IN + BEGUN]):
        whole = number < HANDED_IN
        write_report(entrant, topics if whole else topics[: 2 + number % 4], crew, random)
        if whole:
            appraisal.submit_report(entrant.report, actor=crew.secretary(entrant.unit.code))
    enter_figures(review, draw_qualities(county, random), crew, random)
    if review.gathering is not None:
        call_hall(review.gathering, county, names, actor=crew.commissioner)
