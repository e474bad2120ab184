"""What leaders said in a review counts where the same leaders owe the units a comment."""

from typing import TYPE_CHECKING

from django.utils import timezone

from shuzhi.appraisal.enums import CommentState
from shuzhi.appraisal.models import Comment, Review
from shuzhi.kernel.access import actor_for
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.writes import verb
from shuzhi.matters.queries.beside import standing_in
from shuzhi.matters.services import take_step

from .comments import PARTS

if TYPE_CHECKING:
    from shuzhi.matters.models import Matter

OWED, DUE, GIVE = "leader-comment", "due", "comment"  # the mechanism, where it waits, the step
LEADER = "leader"  # the party who owes it


@verb
def credit_comments(review: Review) -> int:
    """Take the step of commenting in what is owed, for each approved comment; return how many.

    Only where it is the approver's own to give: what another leader owes stays owed. The problems
    that a comment names stand in the review's own list, and are not named twice.
    """
    rows = Comment.objects.filter(entrant__review=review, state=CommentState.APPROVED)
    said = {row.entrant.unit_id: row for row in rows.select_related("entrant", "approved_by")}
    return sum(_credit(said[one.unit_id], one) for one in standing_in(OWED, DUE, list(said)))


def _credit(comment: Comment, matter: "Matter") -> bool:
    leader = matter.parties.filter(party=LEADER, person__account=comment.approved_by_id)
    if comment.approved_by is None or comment.approved_at is None or not leader.exists():
        return False
    day = timezone.localdate(comment.approved_at).isoformat()
    facts = {part: getattr(comment, part) for part in PARTS} | {"commented_on": day}
    try:
        take_step(actor=actor_for(comment.approved_by), matter=matter, step=GIVE, facts=facts)
    except RefusedError:  # too short for the mechanism: still owed
        return False
    return True
