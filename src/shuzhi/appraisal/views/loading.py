"""How the pages of this room fetch a review, and what belongs to it."""

from shuzhi.appraisal.models import Entrant, Review
from shuzhi.kernel.access import Permission, allows, load
from shuzhi.kernel.middleware import ActorRequest

MANAGE = Permission.REVIEW_MANAGE
COMMENT = Permission.REVIEW_COMMENT
APPROVE = Permission.REVIEW_APPROVE
RESULT = Permission.REVIEW_RESULT


def load_review(request: ActorRequest, public_id: str, do: Permission | None = None) -> Review:
    """Return the review within reach (404), on which `do` is permitted (403)."""
    rows = Review.objects.select_related("unit", "poll", "gathering")
    return load(rows, request.actor, Permission.REVIEW_VIEW, do, public_id=public_id)


def load_entrant(request: ActorRequest, review: Review, public_id: str) -> Entrant:
    """Return a reporter whose report the actor may read; for others there is none (404)."""
    rows = Entrant.objects.filter(review=review).select_related("unit", "person", "report")
    entrant = load(rows, request.actor, Permission.REPORT_VIEW, public_id=public_id)
    entrant.review = review
    entrant.report.entrant = entrant
    return entrant


def rights(request: ActorRequest, review: Review) -> dict[str, bool]:
    """Return what the page may offer, by name, for templates."""
    return {
        "may_manage": allows(request.actor, MANAGE, review),
        "may_comment": allows(request.actor, COMMENT, review),
        "may_approve": allows(request.actor, APPROVE, review),
        "may_result": allows(request.actor, RESULT, review),
    }
