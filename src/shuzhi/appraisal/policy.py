"""Rules of a review that more than one verb or page obeys."""

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor, Permission, allows
from shuzhi.kernel.errors import StateError

from .enums import ReviewState
from .models import Entrant, Review
from .queries.objections import shows_own
from .queries.results import SCORED
from .queries.scheme import scheme_faults

__all__ = [
    "SCORED",
    "hold",
    "is_final",
    "require_sound",
    "require_state",
    "sees_own_result",
    "sees_results",
]


def require_state(review: Review, *states: ReviewState) -> None:
    """Refuse outside `states`; the message says where the review stands."""
    if review.state not in states:
        raise StateError(
            _("评议现在是“%(state)s”，这一步不能做。") % {"state": review.get_state_display()}
        )


def hold(review: Review, *states: ReviewState) -> None:
    """Refuse outside `states` as the review stands now, and hold it there until all is written.

    Somebody else may have opened the meeting, or changed the plan, since the page was read.
    """
    review.refresh_from_db(from_queryset=Review.objects.select_for_update())
    require_state(review, *states)


def require_sound(review: Review) -> None:
    """Refuse while the scheme is faulty: nobody could say what a figure belongs to."""
    if scheme_faults(review):
        raise StateError(_("考核方案有误，暂时不能填数据。请先改正方案。"))


def sees_results(actor: Actor, review: Review) -> bool:
    """Tell whether the actor may see all results now: scored, and entitled to the whole list."""
    return review.state in SCORED and allows(actor, Permission.REVIEW_RESULT, review)


def sees_own_result(actor: Actor, entrant: Entrant) -> bool:
    """Tell whether the actor may see this unit's result.

    The own one once published, or while units are asked to check their scores.
    """
    review = entrant.review
    if sees_results(actor, review):
        return True
    shown = review.state == ReviewState.PUBLISHED or shows_own(review)
    return shown and allows(actor, Permission.REPORT_VIEW, entrant)


def is_final(actor: Actor, review: Review) -> bool:
    """Tell whether rank and grade may stand beside a unit's own score: not before they are."""
    return review.state == ReviewState.PUBLISHED or sees_results(actor, review)
