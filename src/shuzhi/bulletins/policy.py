"""Rules of this room that more than one verb or page obeys."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.enums import ReviewState
from shuzhi.appraisal.queries.results import SCORED
from shuzhi.kernel.access import Actor, Permission, allows
from shuzhi.kernel.errors import StateError

if TYPE_CHECKING:
    from shuzhi.appraisal.models import Entrant, Review

DRAFTABLE = (ReviewState.DECIDED, ReviewState.PUBLISHED)


def require_draftable(review: "Review") -> None:
    """Refuse a bulletin on results that the committee has not decided."""
    if review.state not in DRAFTABLE:
        raise StateError(_("考核结果研究确定以后才能起草通报。"))


def require_published(review: "Review") -> None:
    """Refuse to issue a bulletin on results that have not been approved for publication."""
    if review.state != ReviewState.PUBLISHED:
        raise StateError(_("考核结果还没有批准公布，不能签发通报。"))


def require_scored(review: "Review") -> None:
    """Refuse papers about results before there are any."""
    if review.state not in SCORED:
        raise StateError(_("计分完成以后才有这份材料。"))


def sees_feedback(actor: Actor, entrant: "Entrant") -> bool:
    """Tell whether the actor may read a reporter's page.

    Whoever sees the whole list may once it is scored; the reporter once it is published.
    """
    review = entrant.review
    if review.state in SCORED and allows(actor, Permission.REVIEW_RESULT, review):
        return True
    own = actor.person_id is not None and entrant.person_id == actor.person_id
    return own and review.state == ReviewState.PUBLISHED
