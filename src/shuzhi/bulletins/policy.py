"""Rules of this room that more than one verb or page obeys."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.enums import ReviewState
from shuzhi.kernel.errors import StateError

if TYPE_CHECKING:
    from shuzhi.appraisal.models import Review

DRAFTABLE = (ReviewState.DECIDED, ReviewState.PUBLISHED)


def require_draftable(review: "Review") -> None:
    """Refuse a bulletin on results that the committee has not decided."""
    if review.state not in DRAFTABLE:
        raise StateError(_("考核结果研究确定以后才能起草通报。"))


def require_published(review: "Review") -> None:
    """Refuse to issue a bulletin on results that have not been approved for publication."""
    if review.state != ReviewState.PUBLISHED:
        raise StateError(_("考核结果还没有批准公布，不能签发通报。"))
