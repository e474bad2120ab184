"""Which comments there are, who waits, what was named."""

from django.db.models import QuerySet

from shuzhi.appraisal.enums import CommentState, ProblemState
from shuzhi.appraisal.models import Comment, Entrant, Problem, Review


def comment_rows(review: Review) -> QuerySet[Comment]:
    """Return the comments as a list, one for every reporter."""
    return Comment.objects.filter(entrant__review=review).select_related(
        "entrant__unit", "entrant__person", "entrant__review", "prepared_by", "approved_by"
    )


def first_waiting(review: Review) -> Entrant | None:
    """Return the first reporter whose comment waits for approval."""
    rows = Entrant.objects.filter(review=review, comment__state=CommentState.READY)
    return rows.order_by("position").first()


def next_without(entrant: Entrant) -> Entrant | None:
    """Return the next reporter in the order who has no comment yet."""
    rows = Entrant.objects.filter(
        review=entrant.review_id,
        position__gt=entrant.position,
        comment__state=CommentState.DRAFT,
    )
    return rows.order_by("position").first()


def named_problems(entrant: Entrant) -> list[Problem]:
    """Return the unit's problems of this review, dropped ones left out."""
    rows = entrant.problems.exclude(state=ProblemState.DROPPED)
    return list(rows.select_related("matter__state"))


def approved_comment(entrant: Entrant) -> Comment | None:
    """Return the comment once the leader has approved it."""
    return Comment.objects.filter(entrant=entrant, state=CommentState.APPROVED).first()
