"""Take a review further along: people called, slips handed out, ballots cast, sealed, scored."""

from collections.abc import Mapping, Sequence
from secrets import token_hex

from shuzhi.appraisal.models import Review, ScoreRun
from shuzhi.appraisal.services import figures, meeting, scoring
from shuzhi.appraisal.services.figures import FigureRow
from shuzhi.ballots import services as ballots
from shuzhi.gatherings import services as gatherings
from tests.cast import Cast

RATERS = {"A": 3, "B": 4}
FIGURES = {
    "TOWN-01": {"study": "4", "training": "10", "plan": "是"},
    "TOWN-02": {"study": "3", "training": "8", "plan": "是"},
    "TOWN-03": {"study": "5", "training": "12", "plan": "否"},
}
MARKS = {"TOWN-01": "好", "TOWN-02": "较好", "TOWN-03": "一般"}


def call_people(
    cast: Cast, review: Review, raters: Mapping[str, int] = RATERS
) -> dict[str, list[str]]:
    """Call the raters and hand out a slip to each; return the codes by category."""
    actor = cast.actor("commissioner")
    assert review.poll is not None
    assert review.gathering is not None
    gatherings.call_attendees(
        review.gathering,
        [
            {"category": category, "name": f"{category}{n}", "unit_name": "清溪镇", "post": ""}
            for category, count in raters.items()
            for n in range(count)
        ],
        actor=actor,
    )
    return {
        category: ballots.issue_slips(actor=actor, poll=review.poll, category=category, count=count)
        for category, count in raters.items()
    }


def enter_figures(
    cast: Cast, review: Review, rows: Mapping[str, Mapping[str, str]] = FIGURES
) -> int:
    """Type the routine figures in."""
    typed = [FigureRow(n, unit, values) for n, (unit, values) in enumerate(rows.items(), 2)]
    return figures.enter_figures(review, typed, actor=cast.actor("commissioner"))


def vote(
    review: Review, codes: Mapping[str, Sequence[str]], marks: Mapping[str, str] = MARKS
) -> None:
    """Cast every slip with the same mark for a unit."""
    assert review.poll is not None
    items = [item.id for item in review.poll.parsed_form.items]
    rated = {card.subject for card in review.poll.cards.all()}
    for category, slips in codes.items():
        for code in slips:
            ballot = ballots.Ballot(
                marks={u: dict.fromkeys(items, m) for u, m in marks.items() if u in rated},
                own_unit="" if category == "B" else None,
            )
            ballots.cast_ballot(review.poll.public_id, code, token_hex(16), ballot)


def hold_meeting(cast: Cast, review: Review, marks: Mapping[str, str] = MARKS) -> Review:
    """Open, vote, close and seal."""
    actor = cast.actor("commissioner")
    codes = call_people(cast, review)
    meeting.open_meeting(review, actor=actor, accept_faults=True)
    vote(review, codes, marks)
    assert review.gathering is not None
    gatherings.close_gathering(review.gathering, actor=actor)
    meeting.close_review(review)
    scoring.seal_ballots(review, actor=actor)
    return review


def score(cast: Cast, review: Review) -> ScoreRun:
    """Enter the figures, hold the meeting and compute."""
    enter_figures(cast, review)
    hold_meeting(cast, review)
    return scoring.score_review(review, actor=cast.actor("commissioner"))
