"""Create, prepare, open, close and annul a poll."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from shuzhi.ballots.box import BoxKey, SlipKey
from shuzhi.ballots.cards import cards_digest
from shuzhi.ballots.enums import PaperMode, PollState, SlipState
from shuzhi.ballots.events import PollClosed
from shuzhi.ballots.models import BoxEntry, Card, PaperEntry, PaperSettlement, Poll, Slip
from shuzhi.ballots.schema import CardSpec, PollForm
from shuzhi.ballots.workflow import POLL_FLOW
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import RefusedError, StateError
from shuzhi.kernel.events import publish
from shuzhi.kernel.language import listed
from shuzhi.kernel.workflow import perform
from shuzhi.kernel.writes import verb

from .endings import after_commit_destroy_keys, let_tellers_go

if TYPE_CHECKING:
    from shuzhi.registry.models import Unit


def locked_poll(poll: Poll, actor: Actor, *states: PollState) -> Poll:
    """Lock the poll for a change by its manager; refuse outside `states`."""
    locked = Poll.objects.select_for_update().select_related("unit").get(pk=poll.pk)
    require(actor, Permission.POLL_MANAGE, locked)
    if locked.state not in states:
        raise StateError(
            _("测评现在是“%(state)s”，不能再做这项修改。") % {"state": locked.get_state_display()}
        )
    return locked


@verb
def create_poll(*, actor: Actor, title: str, unit: "Unit", form: PollForm) -> Poll:
    """Create a poll in preparation, held by `unit`."""
    poll = Poll(title=title.strip(), unit=unit, form=form.stored())
    require(actor, Permission.POLL_MANAGE, poll)
    if not poll.title:
        raise RefusedError(_("请填写测评的名称。"))
    poll.save()
    SlipKey(poll.public_id).create()
    record("poll.created", poll, actor=actor, after={"title": poll.title, "form": poll.form})
    return poll


@verb
def change_form(
    *,
    actor: Actor,
    poll: Poll,
    form: PollForm,
    title: str | None = None,
    paper_mode: PaperMode | None = None,
) -> Poll:
    """Replace the form while in preparation; slips of a category that goes must go first."""
    locked = locked_poll(poll, actor, PollState.DRAFT)
    kept = {row.id for row in form.categories}
    handed_out = set(
        locked.slips.exclude(state=SlipState.CANCELLED).values_list("category", flat=True)
    ) | set(locked.paper.filter(issued__gt=0).values_list("category", flat=True))
    if orphans := sorted(handed_out - kept):
        raise RefusedError(
            _("类别 %(ids)s 已印发测评票：请先注销，或将其并入其他类别。")
            % {"ids": listed(orphans)}
        )
    before = {"title": locked.title, "form": locked.form}
    locked.form = form.stored()
    locked.title = (title or locked.title).strip()
    locked.paper_mode = paper_mode or locked.paper_mode
    locked.save(update_fields=["form", "title", "paper_mode"])
    record(
        "poll.changed",
        locked,
        actor=actor,
        before=before,
        after={"title": locked.title, "form": locked.form},
    )
    poll.refresh_from_db()
    poll.__dict__.pop("parsed_form", None)
    return poll


@verb
def replace_cards(*, actor: Actor, poll: Poll, cards: Sequence[CardSpec]) -> None:
    """Replace the reporters' cards, in this order, while the poll is in preparation."""
    locked = locked_poll(poll, actor, PollState.DRAFT)
    subjects = [card.subject for card in cards]
    if len(set(subjects)) < len(subjects):
        raise RefusedError(_("同一单位在述职名单中出现了两次。"))
    locked.cards.all().delete()
    Card.objects.bulk_create(
        Card(poll=locked, position=position, **card.model_dump(mode="json"))
        for position, card in enumerate(cards)
    )
    record("poll.cards", locked, actor=actor, after={"subjects": subjects})


@verb
def open_poll(*, actor: Actor, poll: Poll) -> Poll:
    """Open the box and freeze form and cards; refused while readiness has a blocking fault."""
    BoxKey(poll.public_id).create()
    return perform(POLL_FLOW, poll, "open", actor=actor, cards_digest=cards_digest(poll))


def _retire_unused(poll: Poll) -> None:
    """Turn unused slips into late ones: the row lock on a slip decides between cast and close."""
    poll.slips.filter(state=SlipState.UNUSED).update(state=SlipState.LATE)


@verb
def close_poll(*, actor: Actor, poll: Poll) -> Poll:
    """Take no more ballots; what raters have not submitted is not counted."""
    perform(POLL_FLOW, poll, "close", actor=actor)
    _retire_unused(poll)
    publish(PollClosed(poll.pk))
    return poll


@verb
def annul_poll(*, actor: Actor, poll: Poll, reason: str) -> Poll:
    """Declare the poll void and destroy what was cast; only its record stays."""
    perform(POLL_FLOW, poll, "annul", actor=actor, reason=reason.strip())
    _retire_unused(poll)
    for model in (BoxEntry, PaperEntry, PaperSettlement):
        model._default_manager.filter(poll=poll).delete()
    Slip.objects.filter(poll=poll).update(used_hash="")
    let_tellers_go(poll, actor=actor)
    after_commit_destroy_keys(poll)
    return poll
