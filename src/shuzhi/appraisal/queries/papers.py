"""What printed papers ask of a review: rows to load, approved comments, listed problems."""

from django.db.models import QuerySet

from shuzhi.appraisal.enums import CommentState, ProblemState
from shuzhi.appraisal.models import Comment, Entrant, Problem, Review


def reviews() -> QuerySet[Review]:
    """Return reviews with unit, poll and meeting, for a loader to narrow."""
    return Review.objects.select_related("unit", "poll", "gathering")


def entrants() -> QuerySet[Entrant]:
    """Return reporters with unit, person and review, for a loader to narrow."""
    return Entrant.objects.select_related("unit", "person", "review__unit", "review__poll")


def approved_comments(review: Review) -> list[Comment]:
    """Return the comments that the leader has approved, in the order of reporting."""
    rows = Comment.objects.filter(entrant__review=review, state=CommentState.APPROVED)
    rows = rows.select_related("entrant__unit", "entrant__person")
    return list(rows.order_by("entrant__position"))


def listed_problems(review: Review) -> list[Problem]:
    """Return the problems that are on the list to be mended, in the order of reporting."""
    rows = Problem.objects.filter(entrant__review=review, state=ProblemState.LISTED)
    return list(rows.select_related("entrant__unit", "entrant__person", "matter__state"))
