"""What happens here when something happens below: the poll closes, so the meeting is over."""

from shuzhi.ballots.events import PollClosed
from shuzhi.kernel.events import on

from .enums import ReviewState
from .models import Review
from .services.meeting import close_review


@on(PollClosed)
def note_end(event: PollClosed) -> None:
    """Close the review whose poll has closed."""
    review = Review.objects.filter(poll_id=event.poll_id, state=ReviewState.OPEN).first()
    if review is not None:
        close_review(review)
