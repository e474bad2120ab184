"""A review's poll and meeting: made with it; one taken over from earlier years has neither."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.models import Review
from shuzhi.kernel.errors import StateError

if TYPE_CHECKING:
    from shuzhi.ballots.models import Poll
    from shuzhi.gatherings.models import Gathering


def poll_of(review: Review) -> "Poll":
    """Return the review's poll; refuse where there is none."""
    if review.poll is None:
        raise StateError(_("这次评议没有现场测评。"))
    return review.poll


def meeting_of(review: Review) -> "Gathering":
    """Return the review's meeting; refuse where there is none."""
    if review.gathering is None:
        raise StateError(_("这次评议没有会议。"))
    return review.gathering
