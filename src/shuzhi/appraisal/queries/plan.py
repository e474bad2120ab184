"""The plan of a review as it is stored now: a short word for it, and what it says."""

from django.utils import timezone

from shuzhi.appraisal.models import Review
from shuzhi.ballots.services import PollForm
from shuzhi.kernel.language import clauses, listed
from shuzhi.kernel.seen import digest_of

PARTS = (
    "title",
    "reports_due",
    "form_shape",
    "topics",
    "scheme_text",
    "poll__form",
    "gathering__starts_at",
    "gathering__place",
    "gathering__host",
)


def plan_digest(review: Review) -> str:
    """Return the word for all that the plan's page shows, read anew from what is stored."""
    return digest_of(Review.objects.values_list(*PARTS).get(pk=review.pk))


def plan_words(review: Review) -> str:
    """Say the plan's main parts: name, time, place, host, who counts how much."""
    stored = Review.objects.values(*PARTS).get(pk=review.pk)
    form = PollForm.model_validate(stored["poll__form"])
    weights = listed(f"{row.title} {row.weight:f}%" for row in form.categories)
    meets = timezone.localtime(stored["gathering__starts_at"])
    names = (stored["title"], f"{meets:%Y-%m-%d %H:%M}")
    return clauses([*names, stored["gathering__place"], stored["gathering__host"], weights])
