"""A scored review of any size, built by the product's own verbs on a demo site."""

from datetime import date, datetime
from random import Random
from secrets import token_hex
from zoneinfo import ZoneInfo

from shuzhi.appraisal.enums import ReviewState
from shuzhi.appraisal.models import Review
from shuzhi.appraisal.queries.scheme import scheme_of
from shuzhi.appraisal.services import figures, meeting, preparing, scoring
from shuzhi.ballots import services as ballots
from shuzhi.ballots.models import Poll
from shuzhi.gatherings import services as gatherings
from shuzhi.kernel.access import SYSTEM
from shuzhi.registry import queries as registry
from shuzhi.registry.enums import Role, UnitKind
from shuzhi.registry.models import Unit
from shuzhi.registry.services.accounts import create_account_for
from shuzhi.registry.services.appointments import appoint
from shuzhi.registry.services.grants import grant_role
from shuzhi.registry.services.people import add_person
from shuzhi.registry.services.units import create_unit

SINCE = date(2020, 1, 1)
SHARES = {"A": 4, "B": 2, "C": 2, "D": 2}  # of ten raters
PLAN = preparing.Plan(
    title="述职评议",
    meets_at=datetime(2026, 12, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai")),
    place="会议室",
    host="书记",
)


def _town(units: int) -> Unit:
    """Build a town with so many communities, a secretary each, and a commissioner to log in."""
    code = f"BENCH{units}"
    county = registry.unit_by_code("COUNTY")
    town = create_unit(actor=SYSTEM, code=code, name=code, kind=UnitKind.TOWN, parent=county)
    for number in range(1, units + 1):
        name = f"{code}-{number:03}"
        community = create_unit(
            actor=SYSTEM, code=name, name=name, kind=UnitKind.COMMUNITY, parent=town
        )
        head = add_person(actor=SYSTEM, name=f"书记{number}", home=community)
        appoint(actor=SYSTEM, person=head, unit=community, post="党总支书记", since=SINCE)
    clerk = add_person(actor=SYSTEM, name="组织委员", home=town)
    post = appoint(actor=SYSTEM, person=clerk, unit=town, post="组织委员", since=SINCE)
    grant_role(actor=SYSTEM, appointment=post, role=Role.TOWN_COMMISSIONER, since=SINCE)
    create_account_for(actor=SYSTEM, person=clerk, username=code.lower())
    return town


def _vote(poll: Poll, codes: dict[str, list[str]], random: Random) -> None:
    values = poll.parsed_form.scale.values()
    item = poll.parsed_form.items[0].id
    subjects = [card.subject for card in poll.cards.all()]
    for category, slips in codes.items():
        for code in slips:
            marks = {s: {item: random.choice(values[:3])} for s in subjects}
            own = "" if category in {"C", "D"} else None
            ballot = ballots.Ballot(marks=marks, own_unit=own)
            ballots.cast_ballot(poll.public_id, code, token_hex(16), ballot)


def _figures(review: Review, random: Random) -> None:
    leaves = scheme_of(review).figure_leaves
    rows = [
        figures.FigureRow(n, e.unit.code, {leaf.id: str(random.randint(1, 120)) for leaf in leaves})
        for n, e in enumerate(review.entrants.select_related("unit"), 1)
    ]
    figures.enter_figures(review, rows, actor=SYSTEM)


def build(units: int, raters: int) -> str:
    """Build, hold and score a review; return the user name of who may see its results."""
    random = Random(units)  # noqa: S311 (the same marks every time)
    town = _town(units)
    year = max(registry.years_open())
    review = preparing.prepare_review(actor=SYSTEM, unit=town, year=year, plan=PLAN)
    preparing.invite_reports(review, actor=SYSTEM)
    _figures(review, random)
    assert review.poll is not None
    assert review.gathering is not None
    counts = {category: raters * share // 10 for category, share in SHARES.items()}
    calls = [
        {"category": category, "name": f"{category}{n}", "unit_name": "", "post": ""}
        for category, count in counts.items()
        for n in range(count)
    ]
    gatherings.call_attendees(review.gathering, calls, actor=SYSTEM)
    codes = {
        category: ballots.issue_slips(
            actor=SYSTEM, poll=review.poll, category=category, count=count
        )
        for category, count in counts.items()
    }
    meeting.open_meeting(review, actor=SYSTEM, accept_faults=True)
    _vote(review.poll, codes, random)
    gatherings.close_gathering(review.gathering, actor=SYSTEM)
    review.refresh_from_db()
    if review.state == ReviewState.OPEN:
        meeting.close_review(review)
    scoring.seal_ballots(review, actor=SYSTEM)
    scoring.score_review(review, actor=SYSTEM)
    return town.code.lower()
