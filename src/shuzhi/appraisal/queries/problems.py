"""The problem list, and where each problem stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from shuzhi.appraisal.enums import ProblemState, ReviewState
from shuzhi.appraisal.models import Problem, Review
from shuzhi.kernel.access import Actor
from shuzhi.kernel.tables import Badge, Tone
from shuzhi.matters.enums import StateKind
from shuzhi.matters.queries.beside import standing_badge, stories

TONES = {
    ProblemState.PROPOSED: Tone.WAITING,
    ProblemState.LISTED: Tone.GOING,
    ProblemState.DROPPED: Tone.PLAIN,
}

# Listed, with no notice in force: one that was withdrawn counts as none.
UNSENT = Q(state=ProblemState.LISTED) & (Q(matter=None) | Q(matter__state__kind=StateKind.DROPPED))


def problem_rows(review: Review) -> QuerySet[Problem]:
    """Return the review's problems with units and notices, in the order of the reporters."""
    return Problem.objects.filter(entrant__review=review).select_related(
        "entrant__unit", "entrant__review__unit", "matter__state"
    )


def to_notify(review: Review) -> QuerySet[Problem]:
    """Return the listed problems whose notices are to be sent: none before the results are out."""
    rows = problem_rows(review).filter(UNSENT)
    return rows if review.state == ReviewState.PUBLISHED else rows.none()


def problem_badge(problem: Problem) -> Badge:
    """Return where a problem stands: as its notice does, once that is sent."""
    if problem.notice:
        return standing_badge(problem.notice, timezone.localdate())
    return Badge(problem.standing, TONES[ProblemState(problem.state)])


@dataclass(frozen=True)
class Beside:
    """A problem as it stands beside a report or a score; `url` for who may read its story."""

    problem: Problem
    badge: Badge
    url: str


def beside(problems: Iterable[Problem], actor: Actor) -> list[Beside]:
    """Return problems with their standing; problems have been read with their notices."""
    rows = list(problems)
    known = stories(actor, [row.notice for row in rows if row.notice])
    return [Beside(row, problem_badge(row), known.get(row.matter_id or 0, "")) for row in rows]
