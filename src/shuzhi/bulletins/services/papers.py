"""Hand out the papers of a meeting, on record."""

from typing import TYPE_CHECKING

from shuzhi.bulletins.meeting import MeetingPaper
from shuzhi.kernel.access import Actor, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import StateError
from shuzhi.kernel.writes import verb

if TYPE_CHECKING:
    from shuzhi.appraisal.models import Review


@verb
def _note(review: "Review", paper: str, actor: Actor) -> None:
    record("bulletin.papers", review, actor=actor, after={"paper": paper})


def take_paper(review: "Review", paper: MeetingPaper, *, actor: Actor) -> bytes:
    """Return a paper's bytes; who took which is on record, since papers name people."""
    require(actor, paper.permission, review)
    if not paper.is_there(review):
        raise StateError(paper.later)
    made = paper.make(review, actor)
    _note(review, paper.name, actor)
    return made
