"""Scoring as work in the background: nobody waits on an open page for it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from shuzhi.kernel.access import Actor
from shuzhi.kernel.jobs import Outcome, Progress, job

from .models import Review
from .queries.overview import SCORING
from .services.scoring import score_review


@job(SCORING)
def score(_progress: Progress, *, actor: Actor, review: str) -> Outcome:
    """Score a review, and lead to its results."""
    run = score_review(Review.objects.get(public_id=review), actor=actor)
    words = _("第 %(number)d 次计分完成，结果和全部依据已经保存。") % {"number": run.number}
    return Outcome(words, url=reverse("appraisal:results", args=[review]))
