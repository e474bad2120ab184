"""Two years of the demo town's review: last year's held and published, this year's under way.

Every step is the verb that people use, done by the person whose step it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING

from django.utils import timezone

from shuzhi.appraisal import services as appraisal
from shuzhi.ballots import services as ballots
from shuzhi.gatherings import services as gatherings
from shuzhi.gatherings.enums import Presence
from shuzhi.kernel.access import Actor, actor_for
from shuzhi.kernel.models import Account

from .county import TOWN_NAME, County
from .names import person_names
from .words import COMMENTS, HEARING, MEASURES, PROBLEMS, REMARKS, REPORTS

if TYPE_CHECKING:
    from shuzhi.appraisal.models import Entrant, Review

RATERS = {"A": 9, "B": 8, "C": 13, "D": 10}  # forty, as the hall holds
MARKS = ("好", "较好", "一般", "差")
Figures = dict[str, int]


@dataclass(frozen=True)
class Hands:
    """Who acts in the story."""

    commissioner: Actor
    leader: Actor
    desk: Actor
    secretaries: Sequence[Actor]

    @classmethod
    def of(cls, communities: int) -> "Hands":
        accounts = {account.username: account for account in Account.objects.all()}

        def actor(username: str) -> Actor:
            return actor_for(accounts[username])

        return cls(
            actor("commissioner"),
            actor("leader"),
            actor("desk"),
            [actor(f"secretary{number:02}") for number in range(1, communities + 1)],
        )


def _figures(random: Random) -> Figures:
    return {
        "study": random.choice((3, 4, 4, 4, 5)),
        "lectures": random.randint(9, 12),
        "commitments": random.randint(82, 100),
        "visits": random.randint(90, 150),
        "opinions": random.randint(12, 60),
        "income": random.randint(2, 19),
    }


def _prepare(county: County, year: int, meets: date, hands: Hands) -> "Review":
    plan = appraisal.Plan(
        title=f"{TOWN_NAME}{year}年度书记抓基层党建述职评议",
        meets_at=timezone.make_aware(datetime.combine(meets, time(9))),
        place="镇机关三楼会议室",
        host="镇党委书记",
        reports_due=meets - timedelta(days=7),
    )
    return appraisal.prepare_review(
        actor=hands.commissioner,
        unit=county.town,
        year=year,
        plan=plan,
        units=county.communities,
    )


def _entrants(review: "Review") -> "list[Entrant]":
    return list(review.entrants.select_related("unit__parent", "person", "review__unit"))


def _write(entrant: "Entrant", figures: Figures, actor: Actor, *, upto: int = 10) -> None:
    report = appraisal.start_report(entrant, actor=actor)
    for topic, sentences in list(REPORTS.items())[:upto]:
        text = "".join(sentences).format(**figures)
        appraisal.save_section(report, topic, text, 0, actor=actor)
    if upto == len(REPORTS):
        appraisal.submit_report(report, actor=actor)


def _enter(review: "Review", table: dict[str, Figures], rectified: str, hands: Hands) -> None:
    rows = [
        appraisal.FigureRow(
            number,
            unit,
            {key: str(figures[key]) for key in ("study", "lectures", "commitments", "visits")}
            | {"rectified": rectified},
        )
        for number, (unit, figures) in enumerate(table.items(), 2)
    ]
    appraisal.enter_figures(review, rows, actor=hands.commissioner)


def _call(review: "Review", names: Iterator[str], hands: Hands) -> None:
    assert review.gathering is not None  # noqa: S101 (prepare_review made it)
    calls = [
        {"category": category, "name": next(names), "unit_name": TOWN_NAME, "post": ""}
        for category, count in RATERS.items()
        for _ in range(count)
    ]
    gatherings.call_attendees(review.gathering, calls, actor=hands.commissioner)


def _mark(random: Random, quality: int) -> str:
    """Draw a mark about a unit's quality (0 is the best), as a hall would: mostly 好 and 较好."""
    drawn = quality + random.choice((-1, 0, 0, 0, 1))
    return MARKS[min(max(drawn, 0), len(MARKS) - 1)]


def _hand_out(review: "Review", hands: Hands) -> dict[str, list[str]]:
    """Issue a slip to every chair; return the codes by category."""
    assert review.poll is not None  # noqa: S101
    return {
        category: ballots.issue_slips(
            actor=hands.commissioner, poll=review.poll, category=category, count=count
        )
        for category, count in RATERS.items()
    }


def _rate(review: "Review", codes: dict[str, list[str]], random: Random) -> None:
    assert review.poll is not None  # noqa: S101
    poll = review.poll
    form = poll.parsed_form
    subjects = [card.subject for card in poll.cards.all()]
    qualities = {subject: random.choice((0, 0, 0, 1, 1, 2)) for subject in subjects}

    def cast(code: str, *, recuse: bool) -> None:
        ballot = ballots.Ballot(
            marks={
                subject: {item.id: _mark(random, quality) for item in form.items}
                for subject, quality in qualities.items()
            },
            own_unit=random.choice(subjects) if recuse else None,
            remarks={random.choice(subjects): random.choice(REMARKS)},
        )
        nonce = f"{random.getrandbits(128):032x}"
        ballots.cast_ballot(poll.public_id, code, nonce, ballot)

    for category in form.categories:
        for code in codes[category.id]:
            cast(code, recuse=category.recuse)


def _sign_in(review: "Review", hands: Hands) -> None:
    assert review.gathering is not None  # noqa: S101
    for person in review.gathering.attendees.select_related("gathering__unit"):
        gatherings.sign_in(person, Presence.PRESENT, actor=hands.desk)


def _hold(review: "Review", random: Random, hands: Hands) -> None:
    """Hold the meeting: reports, ratings, close, seal."""
    assert review.gathering is not None  # noqa: S101
    _sign_in(review, hands)
    codes = _hand_out(review, hands)
    appraisal.open_meeting(review, actor=hands.commissioner, accept_faults=True)
    while gatherings.next_turn(review.gathering, actor=hands.desk):
        pass
    _rate(review, codes, random)
    text = HEARING.format(count=review.entrants.count())
    gatherings.record_minutes(review.gathering, text, actor=hands.desk)
    gatherings.close_gathering(review.gathering, actor=hands.desk)
    review.refresh_from_db()
    if review.state == "open":  # the poll's closing is told on commit, later than this story
        appraisal.close_review(review)
    appraisal.seal_ballots(review, actor=hands.commissioner)


def _comment(review: "Review", due: date, hands: Hands) -> None:
    parts = ("good", "lacking", "direction")
    for number, entrant in enumerate(_entrants(review)):
        comment = dict(zip(parts, COMMENTS[number % len(COMMENTS)], strict=True))
        problem = PROBLEMS[number % len(PROBLEMS)]
        appraisal.finish_comment(entrant, comment, actor=hands.leader, problems=[problem])
        for found in entrant.problems.all():
            appraisal.edit_problem(
                found,
                actor=hands.commissioner,
                text=found.text,
                owner=found.owner,
                due=due,
                measure=MEASURES,
            )
            appraisal.move_problem(found, "confirm", actor=hands.commissioner)


def hold_last_year(county: County, random: Random, year: int) -> "Review":
    """Hold, score, decide and publish last year's review."""
    hands = Hands.of(len(county.communities))
    review = _prepare(county, year, date(year, 12, 18), hands)
    appraisal.invite_reports(review, actor=hands.commissioner)
    table = {}
    for entrant, secretary in zip(_entrants(review), hands.secretaries, strict=True):
        table[entrant.unit.code] = figures = _figures(random)
        _write(entrant, figures, secretary)
    _enter(review, table, "na", hands)
    _call(review, person_names(random), hands)
    _hold(review, random, hands)
    _comment(review, date(year + 1, 9, 30), hands)
    appraisal.score_review(review, actor=hands.commissioner)
    review.refresh_from_db()
    appraisal.decide_grades(review, {}, actor=hands.commissioner)
    return appraisal.publish_review(review, actor=hands.leader)


def begin_this_year(county: County, random: Random, year: int) -> "Review":
    """Bring this year's review to where something still has to be done: two reports are missing."""
    hands = Hands.of(len(county.communities))
    review = _prepare(county, year, date(year, 12, 20), hands)
    appraisal.invite_reports(review, actor=hands.commissioner)
    table = {}
    for number, entrant in enumerate(_entrants(review)):
        table[entrant.unit.code] = figures = _figures(random)
        upto = {0: 0, 1: 4}.get(number, len(REPORTS))
        _write(entrant, figures, hands.secretaries[number], upto=upto)
    _enter(review, table, "100", hands)
    _call(review, person_names(random), hands)
    return review
