"""The problem list."""

from django.db.models import QuerySet

from shuzhi.appraisal.models import Problem, Review


def problem_rows(review: Review) -> QuerySet[Problem]:
    """Return the review's problems with their units, in the order of the reporters."""
    return Problem.objects.filter(entrant__review=review).select_related(
        "entrant__unit", "entrant__review__unit"
    )
