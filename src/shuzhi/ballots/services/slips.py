"""Issue and cancel slips. Codes exist in the clear only in the answer of these verbs."""

import secrets

from django.utils.translation import gettext_lazy as _

from shuzhi.ballots.box import CODE_LENGTH, SlipKey
from shuzhi.ballots.enums import PollState, SlipState
from shuzhi.ballots.models import Poll, Slip
from shuzhi.kernel.access import Actor
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.fields import random_id
from shuzhi.kernel.seen import require_seen
from shuzhi.kernel.writes import verb

from .polls import locked_poll

ISSUABLE = (PollState.DRAFT, PollState.OPEN)
MOST_AT_ONCE = 1000


def _new_slips(poll: Poll, category: str, count: int) -> list[str]:
    if poll.parsed_form.category(category) is None:
        raise RefusedError(_("没有这个评议人员类别：%(id)s") % {"id": category})
    if not 1 <= count <= MOST_AT_ONCE:
        raise RefusedError(_("一次可印 1 至 %(most)d 张。") % {"most": MOST_AT_ONCE})
    codes = [random_id(CODE_LENGTH) for _ in range(count)]
    slips = [
        Slip(poll=poll, category=category, code_hash=code_hash)
        for code_hash in SlipKey(poll.public_id).hashes(codes)
    ]
    secrets.SystemRandom().shuffle(slips)  # rows do not follow the printed sheet
    Slip.objects.bulk_create(slips)
    return codes


def _cancel(poll: Poll, category: str) -> int:
    unused = poll.slips.filter(category=category, state=SlipState.UNUSED)
    return unused.update(state=SlipState.CANCELLED)


def _check_seen(poll: Poll, category: str, seen: str | None) -> None:
    """Refuse a second set for one press of a button: the page did not show the first one yet."""
    made = poll.slips.filter(category=category).count()
    words = _(
        "这一类刚刚印过票，现在一共有 %(n)d 张（含注销的），没有再印。"
        "票样在先打开的窗口里；那里没有的，请回到测评页刷新，再重印或加印。"
    )
    require_seen(seen, str(made), words % {"n": made})


@verb
def issue_slips(
    *, actor: Actor, poll: Poll, category: str, count: int, seen: str | None = None
) -> list[str]:
    """Make `count` new slips of a category and return their codes, this once.

    `seen` is how many the page showed as made: refused when there are others by now.
    """
    locked = locked_poll(poll, actor, *ISSUABLE)
    _check_seen(locked, category, seen)
    codes = _new_slips(locked, category, count)
    record("poll.slips_issued", locked, actor=actor, after={"category": category, "count": count})
    return codes


@verb
def cancel_unused(*, actor: Actor, poll: Poll, category: str) -> int:
    """Cancel every unused slip of a category; return how many."""
    locked = locked_poll(poll, actor, *ISSUABLE)
    count = _cancel(locked, category)
    record(
        "poll.slips_cancelled", locked, actor=actor, after={"category": category, "count": count}
    )
    return count


@verb
def reissue_slips(*, actor: Actor, poll: Poll, category: str, seen: str | None = None) -> list[str]:
    """Cancel the unused slips of a category and make as many new ones (a reprint).

    `seen` as for new ones: a second press would cancel the sheet that the first has printed.
    """
    _check_seen(locked_poll(poll, actor, *ISSUABLE), category, seen)
    count = cancel_unused(actor=actor, poll=poll, category=category)
    if not count:
        raise RefusedError(_("这一类没有未用的测评票可以重印。"))
    return issue_slips(actor=actor, poll=poll, category=category, count=count)


@verb
def cancel_slip(*, actor: Actor, poll: Poll, code: str) -> None:
    """Cancel one unused slip by its code (spoilt, or handed back)."""
    locked = locked_poll(poll, actor, *ISSUABLE)
    found = Slip.objects.filter(poll=locked, code_hash=SlipKey(locked.public_id).hash(code))
    if not found.filter(state=SlipState.UNUSED).update(state=SlipState.CANCELLED):
        raise RefusedError(_("没有这张未用的测评票，请核对票上的编号。"))
    record("poll.slips_cancelled", locked, actor=actor, after={"count": 1})
