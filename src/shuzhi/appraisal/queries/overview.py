"""Counts for a review's overview, and the reader's own part in it."""

from dataclasses import dataclass

from django.db.models import Count, Q

from shuzhi.appraisal.enums import CommentState
from shuzhi.appraisal.models import Comment, Entrant, Report, Review
from shuzhi.kernel.jobs.queries import unfinished
from shuzhi.kernel.models import Job

SCORING = "review.score"  # the kind of job


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    done: int
    whole: int

    @property
    def left(self) -> int:
        return self.whole - self.done


def report_counts(review: Review) -> Share:
    """Return how many reports have been handed in: one frozen as a draft never was."""
    handed_in = Q(submitted_at__isnull=False)
    row = Report.objects.filter(entrant__review=review).aggregate(
        done=Count("pk", filter=handed_in), whole=Count("pk")
    )
    return Share(row["done"], row["whole"])


def coverage_counts(review: Review) -> Share:
    """Return how many reporters have an approved comment."""
    row = Comment.objects.filter(entrant__review=review).aggregate(
        done=Count("pk", filter=Q(state=CommentState.APPROVED)), whole=Count("pk")
    )
    return Share(row["done"], row["whole"])


def own_entrant(review: Review, mine: Q) -> Entrant | None:
    """Return the reporter for whom the reader writes, if any."""
    rows = Entrant.objects.filter(mine, review=review).select_related("unit", "report")
    return rows.first()


def scoring_job(review: Review) -> Job | None:
    """Return the scoring of the review that waits or runs in the background."""
    return unfinished(SCORING, review=review.public_id)
