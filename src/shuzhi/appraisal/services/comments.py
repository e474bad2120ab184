"""Comment on a reporter: prepare or key in, approve, revise."""

from collections.abc import Mapping, Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.enums import CommentState, ProblemSource, ReviewState
from shuzhi.appraisal.models import Comment, Entrant
from shuzhi.appraisal.workflow import COMMENT
from shuzhi.kernel.access import Actor, Permission, allows, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import StateError
from shuzhi.kernel.language import clauses
from shuzhi.kernel.period import require_open
from shuzhi.kernel.seen import require_seen
from shuzhi.kernel.workflow import perform
from shuzhi.kernel.writes import verb

from .problems import name_problem

PARTS = ("good", "lacking", "direction")


def _changeable(entrant: Entrant) -> None:
    require_open(entrant.review.year)
    if entrant.review.state == ReviewState.PUBLISHED:
        raise StateError(_("结果已经公布，点评不能再改。"))


def _check_seen(comment: Comment, seen: str | None) -> None:
    by = comment.prepared_by.name if comment.prepared_by else ""
    text = clauses(getattr(comment, part) for part in PARTS)
    words = _("%(by)s刚改过这条点评，现在是：%(text)s。您写的还在下面，再保存就以您写的为准。")
    require_seen(seen, comment.digest, words % {"by": by, "text": text})


@verb
def save_comment(
    entrant: Entrant,
    parts: Mapping[str, str],
    *,
    actor: Actor,
    problems: Sequence[str] = (),
    seen: str | None = None,
) -> Comment:
    """Keep the parts of a comment (incomplete while in preparation) and the problems it names.

    A changed text loses its approval: what the leader approved is what stands. `seen` is the
    digest of the text that was open: refused when somebody else has changed it since.
    """
    require(actor, Permission.REVIEW_COMMENT, entrant.review)
    _changeable(entrant)
    comment, _created = Comment.objects.select_for_update().get_or_create(entrant=entrant)
    _check_seen(comment, seen)
    before = comment.state
    for part in PARTS:
        setattr(comment, part, parts.get(part, "").strip())
    comment.state = CommentState.DRAFT
    comment.prepared_by_id, comment.prepared_at = actor.account_id, timezone.now()
    comment.approved_by, comment.approved_at = None, None
    comment.save()
    record("comment.save", comment, actor=actor, before={"state": before})
    for text in filter(str.strip, problems):
        name_problem(entrant, text, actor=actor, source=ProblemSource.COMMENT)
    return comment


@verb
def offer_comment(comment: Comment, *, actor: Actor) -> Comment:
    """Lay a complete comment before the leader."""
    _changeable(comment.entrant)
    return perform(COMMENT, comment, "offer", actor=actor)


@verb
def approve_comment(comment: Comment, *, actor: Actor, seen: str | None = None) -> Comment:
    """Approve as the leader whose comment it is; `seen` is the digest of what the page showed."""
    _changeable(comment.entrant)
    return perform(COMMENT, comment, "approve", actor=actor, seen=seen)


@verb
def finish_comment(
    entrant: Entrant,
    parts: Mapping[str, str],
    *,
    actor: Actor,
    problems: Sequence[str] = (),
    seen: str | None = None,
) -> Comment:
    """Save, then take it as far as the actor may: a leader approves, a clerk lays it before one."""
    comment = save_comment(entrant, parts, actor=actor, problems=problems, seen=seen)
    step = approve_comment if allows(actor, Permission.REVIEW_APPROVE, comment) else offer_comment
    return step(comment, actor=actor)
