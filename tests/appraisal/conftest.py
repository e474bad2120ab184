"""A review in preparation, and further along."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from shuzhi.appraisal.models import Entrant, Review
from shuzhi.appraisal.services.preparing import Plan, invite_reports, prepare_review
from shuzhi.appraisal.services.reports import save_section, submit_report
from tests.cast import YEAR, Cast

from .sample import LONG, TEMPLATES, TOPICS

PLAN = Plan(
    title="2026年度社区书记述职评议",
    meets_at=datetime(2026, 12, 20, 14, 30, tzinfo=ZoneInfo("Asia/Shanghai")),
    place="镇政府三楼会议室",
    host="镇党委书记",
    reports_due=date(2026, 12, 10),
)


@pytest.fixture
def review(cast: Cast) -> Review:
    """A review of TOWN's communities, in preparation."""
    return prepare_review(
        actor=cast.actor("commissioner"), unit=cast.town, year=YEAR, plan=PLAN, source=TEMPLATES
    )


@pytest.fixture
def reporting(cast: Cast, review: Review) -> Review:
    """The same, with secretaries asked for their reports."""
    return invite_reports(review, actor=cast.actor("commissioner"))


@pytest.fixture
def entrants(review: Review) -> list[Entrant]:
    """The reporters in their order."""
    return list(review.entrants.select_related("unit", "person", "report", "review"))


@pytest.fixture
def write_report(cast: Cast) -> Callable[[Entrant, str], None]:
    """Write all ten sections as a secretary, and hand the report in."""

    def write(entrant: Entrant, part: str) -> None:
        actor = cast.actor(part)
        for topic in TOPICS:
            save_section(entrant.report, topic["id"], LONG + topic["title"], 0, actor=actor)
        submit_report(entrant.report, actor=actor)

    return write
