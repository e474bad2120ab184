"""A review with its stored results."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import override

from shuzhi.appraisal.enums import Exemption
from shuzhi.appraisal.queries import papers
from shuzhi.appraisal.queries import results as scores
from shuzhi.appraisal.queries.scheme import scheme_of
from shuzhi.ballots import queries as ballots
from shuzhi.bulletins.facts import (
    CommentFacts,
    MarkFacts,
    Named,
    OutcomeFacts,
    PointFacts,
    ProblemFacts,
    ReviewFacts,
)

from .marks import category_facts, choices_of, is_sealed, marks_by_subject
from .meeting import meeting_facts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shuzhi.appraisal.models import Comment, Entrant, Problem, Result, Review
    from shuzhi.appraisal.view import Leaf

SPARED = {
    Exemption.NONE: "",
    Exemption.RANK: "参加评议，不参加排名",
    Exemption.RATING: "只作书面述职，不参加评议和排名",
}


def _person(entrant: "Entrant") -> str:
    return entrant.person.name if entrant.person else "—"


def _points(leaves: "Sequence[Leaf]", result: "Result") -> tuple[PointFacts, ...]:
    nodes = {node.indicator: node for node in result.nodes.all()}
    return tuple(
        PointFacts(
            indicator=leaf.id,
            title=leaf.title,
            points=nodes[leaf.id].points,
            of=nodes[leaf.id].of,
            rate=nodes[leaf.id].rate,
        )
        for leaf in leaves
        if leaf.id in nodes
    )


def _spared(result: "Result") -> str:
    """Say why a reporter has no rank, as a bulletin would."""
    entrant = result.entrant
    words = SPARED[Exemption(entrant.exemption)]
    if not words:
        return "" if result.rank is not None else "不参加排名"
    return f"{entrant.exemption_reason}，{words}" if entrant.exemption_reason else words


def _outcome(
    result: "Result", leaves: "Sequence[Leaf]", marks: tuple[MarkFacts, ...]
) -> OutcomeFacts:
    entrant = result.entrant
    return OutcomeFacts(
        code=entrant.unit.code,
        unit=entrant.unit.short_name,
        person=_person(entrant),
        position=entrant.position,
        spared=_spared(result),
        total=Decimal(result.shown_total) if result.shown_total else None,
        bonus=result.bonus,
        rank=result.rank,
        best_rank=result.rank_low,
        worst_rank=result.rank_high,
        grade=result.decided_grade,
        computed_grade=result.computed_grade,
        reason=result.reason,
        points=_points(leaves, result),
        marks=marks,
    )


def outcomes(review: "Review") -> tuple[OutcomeFacts, ...]:
    """Return every reporter's result as stored, in the order of reporting."""
    marks = marks_by_subject(review.poll) if review.poll and is_sealed(review.poll) else {}
    leaves = scheme_of(review).leaves
    found = [
        _outcome(row, leaves, marks.get(row.entrant.unit.code, ()))
        for row in scores.results(review).prefetch_related("nodes")
    ]
    return tuple(sorted(found, key=lambda one: one.position))


def problem_facts(problem: "Problem") -> ProblemFacts:
    """Return a problem as papers print it."""
    return ProblemFacts(
        unit=problem.entrant.unit.short_name,
        text=problem.text,
        source=str(problem.get_source_display()),
        measure=problem.measure,
        owner=problem.owner,
        due=problem.due,
        outcome=problem.outcome,
        state=problem.standing,
    )


def comment_facts(comment: "Comment") -> CommentFacts:
    """Return an approved comment."""
    return CommentFacts(
        unit=comment.entrant.unit.short_name,
        person=_person(comment.entrant),
        good=comment.good,
        lacking=comment.lacking,
        direction=comment.direction,
    )


@override("zh-hans")
def review_facts(review: "Review") -> ReviewFacts:
    """Return a review with its results, as bulletin, summary sheet and Excel print it."""
    return spoken_facts(review)


def spoken_facts(review: "Review") -> ReviewFacts:
    """Return the same in the reader's language, for the screen."""
    poll, meeting, run = review.poll, review.gathering, scores.current_run(review)
    items = poll.parsed_form.items if poll else ()
    return ReviewFacts(
        review=review.public_id,
        title=review.title,
        year=review.year,
        unit=review.unit.name,
        items=tuple(Named(id=item.id, title=item.title) for item in items),
        choices=choices_of(poll),
        breakdown=bool(poll and is_sealed(poll) and ballots.shows_breakdown(poll)),
        categories=category_facts(poll) if poll else (),
        grades=tuple(scheme_of(review).grades),
        outcomes=outcomes(review),
        problems=tuple(map(problem_facts, papers.listed_problems(review))),
        meeting=meeting_facts(meeting) if meeting else None,
        box_digest=ballots.box_digest(poll) if poll else "",
        archive_digest=run.archive.sha256 if run else "",
        engine_version=run.engine_version if run else "",
    )
