"""Last year's review, from the roll to publication, through the verbs that people use."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from django.utils import timezone

from shuzhi.appraisal import services as appraisal
from shuzhi.appraisal.enums import Exemption
from shuzhi.appraisal.queries.problems import problem_rows
from shuzhi.ballots import services as ballots
from shuzhi.gatherings import services as gatherings

from .clock import on
from .county import County
from .crew import Crew
from .hall import RATERS, ballot, call_hall, raters, sign_all_in
from .texts import DIRECTION, GOOD, HEARING, LACKING, section

if TYPE_CHECKING:
    from shuzhi.appraisal.models import Entrant, Review
    from shuzhi.ballots.models import Poll
    from shuzhi.gatherings.models import Gathering

PLACE, HOST = "镇机关三楼会议室", "镇党委书记"
NEW_IN_POST = 17  # the secretary of this community came in autumn


def prepare(county: County, crew: Crew, year: int, day: date, due: date) -> "Review":
    """Prepare a year's review: in the afternoon of `day`, reports by `due`."""
    starts = timezone.make_aware(datetime(day.year, day.month, day.day, 14, 30))  # noqa: DTZ001
    title = f"{year}年度社区党组织书记述职评议"
    review = appraisal.prepare_review(
        actor=crew.commissioner,
        unit=county.town,
        year=year,
        plan=appraisal.Plan(title=title, meets_at=starts, place=PLACE, host=HOST, reports_due=due),
        units=county.communities,
    )
    return appraisal.invite_reports(review, actor=crew.commissioner)


def draw_qualities(county: County, random: Random) -> dict[str, float]:
    """Draw how well each community works, 0 to 1: most well, a few badly."""
    return {unit.code: random.betavariate(5, 2.6) for unit in county.communities}


def reporters_of(review: "Review") -> "list[Entrant]":
    """Return who reports, in order."""
    return list(review.entrants.select_related("unit", "report", "person", "review__unit"))


def write_report(
    entrant: "Entrant", crew: Crew, random: Random, *, sections: int | None = None
) -> None:
    """Write the report as the unit's secretary: the first sections, or all and hand it in."""
    actor = crew.secretary(entrant.unit.code)
    for topic in [topic["id"] for topic in entrant.review.topics][:sections]:
        appraisal.save_section(entrant.report, topic, section(random, topic), 0, actor=actor)
    if sections is None:
        appraisal.submit_report(entrant.report, actor=actor)


def figures_of(random: Random, quality: float) -> dict[str, str]:
    """Return a unit's routine figures: the better it works, the fuller they are."""
    share = min(1.0, 0.55 + quality * 0.5)
    return {
        "study": str(max(1, round(4 * share))),
        "lectures": str(max(5, round(12 * share))),
        "commitments": str(round(100 * min(1.0, share + random.uniform(-0.05, 0.05)))),
        "visits": str(round(120 * share) + random.randint(-9, 20)),
        "rectified": random.choice(("100", "100", "80", "不适用")),
    }


def enter_figures(
    review: "Review", qualities: dict[str, float], crew: Crew, random: Random
) -> None:
    """Type the routine figures of every unit in."""
    typed = [
        appraisal.FigureRow(number, code, figures_of(random, quality))
        for number, (code, quality) in enumerate(qualities.items(), 2)
    ]
    appraisal.enter_figures(review, typed, actor=crew.commissioner)


def _add_happenings(review: "Review", crew: Crew, random: Random) -> None:
    reporters = list(review.entrants.select_related("unit", "review__unit"))
    for entrant, points, reason in zip(
        random.sample(reporters, 3),
        (Decimal(2), Decimal(1), Decimal("-1.5")),
        ("获县级先进党组织表彰", "经验做法被县里转发", "信访事项超期未答复"),
        strict=True,
    ):
        appraisal.add_happening(entrant, "extra", points, reason, actor=crew.commissioner)


def _slips(poll: "Poll", crew: Crew) -> dict[str, Iterator[str]]:
    """Hand out two slips more than there are chairs."""
    return {
        category: iter(
            ballots.issue_slips(
                actor=crew.commissioner, poll=poll, category=category, count=count + 2
            )
        )
        for category, count in RATERS.items()
    }


def _vote(
    poll: "Poll",
    codes: dict[str, Iterator[str]],
    county: County,
    qualities: dict[str, float],
    random: Random,
) -> None:
    items = [item.id for item in poll.parsed_form.items]
    rated = {card.subject: qualities[card.subject] for card in poll.cards.all()}
    for rater in raters(county):
        nonce = f"{random.getrandbits(128):032x}"
        marked = ballot(random, rater, rated, items)
        ballots.cast_ballot(poll.public_id, next(codes[rater.category]), nonce, marked)


def _hear(gathering: "Gathering", crew: Crew, starts: datetime) -> datetime:
    """Let one report after the other, each for some four minutes; return when all are through."""
    clock, reports = starts, True
    while reports:
        with on(clock.date(), clock.time()):
            reports = bool(gatherings.next_turn(gathering, actor=crew.desk))
        clock += timedelta(seconds=220 + clock.second * 7 % 60)
    return clock


def _hold(review: "Review", crew: Crew, starts: datetime) -> None:
    gathering, _poll = _hall(review)
    gathering.refresh_from_db()
    sign_all_in(gathering, actor=crew.desk)
    ends = _hear(gathering, crew, starts + timedelta(minutes=10))
    text = HEARING.format(count=review.entrants.count())
    gatherings.record_minutes(gathering, text, actor=crew.desk)
    with on(ends.date(), ends.time()):
        gatherings.close_gathering(gathering, actor=crew.desk)
        appraisal.close_review(review)
    appraisal.seal_ballots(review, actor=crew.commissioner)
    appraisal.score_review(review, actor=crew.commissioner)


def _comment(review: "Review", crew: Crew, random: Random) -> None:
    for entrant in review.entrants.select_related("unit", "person", "review__unit"):
        parts = {
            "good": random.choice(GOOD),
            "lacking": random.choice(LACKING),
            "direction": random.choice(DIRECTION),
        }
        named = [parts["lacking"]] if random.random() < 0.4 else []  # noqa: PLR2004 (some)
        appraisal.finish_comment(entrant, parts, actor=crew.leader, problems=named)


def _follow_up(review: "Review", crew: Crew, day: date, random: Random) -> None:
    """List the problems with owner and deadline."""
    appraisal.propose_problems(review, actor=crew.commissioner)
    for problem in problem_rows(review):
        due = day + timedelta(days=random.choice((90, 180, 330)))
        owner = problem.owner or "社区党总支书记"
        appraisal.edit_problem(
            problem,
            actor=crew.commissioner,
            text=problem.text,
            owner=owner,
            due=due,
            measure="列入月度对账，完成后附照片和群众回访记录。",
        )
        appraisal.move_problem(problem, "confirm", actor=crew.commissioner)


def _hall(review: "Review") -> "tuple[Gathering, Poll]":
    """Return what `prepare_review` has made beside the review."""
    if review.gathering is None or review.poll is None:
        raise LookupError("a review of this year has a meeting and a poll")
    return review.gathering, review.poll


def _report(review: "Review", crew: Crew, random: Random) -> None:
    reporters = reporters_of(review)
    for entrant in reporters:
        write_report(entrant, crew, random)
    appraisal.exempt_entrant(
        reporters[NEW_IN_POST], Exemption.RANK, "到任不满半年", actor=crew.commissioner
    )


def hold_last_year(
    county: County, crew: Crew, names: Iterator[str], random: Random, year: int
) -> "Review":
    """Build the whole review of `year` and publish it."""
    day = date(year, 12, 18)
    review = prepare(county, crew, year, day, day - timedelta(days=10))
    gathering, poll = _hall(review)
    _report(review, crew, random)
    qualities = draw_qualities(county, random)
    enter_figures(review, qualities, crew, random)
    _add_happenings(review, crew, random)
    call_hall(gathering, county, names, actor=crew.commissioner)
    codes = _slips(poll, crew)
    starts = timezone.localtime(gathering.starts_at).replace(tzinfo=None)
    with on(day, starts.time()):
        appraisal.open_meeting(review, actor=crew.commissioner, accept_faults=True)
    poll.refresh_from_db()
    _vote(poll, codes, county, qualities, random)
    _hold(review, crew, starts)
    review.refresh_from_db()
    _comment(review, crew, random)
    appraisal.decide_grades(review, {}, actor=crew.commissioner)
    appraisal.publish_review(review, actor=crew.leader)
    _follow_up(review, crew, day, random)
    return review
