"""Cast a ballot: one transaction that uses up a slip and puts one ciphertext into the box."""

import re
from functools import cache
from typing import Annotated, Any

from django.db import connection
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, StringConstraints

from shuzhi.ballots.box import BoxKey, SlipKey, used_hash
from shuzhi.ballots.cards import Frame, frame_of
from shuzhi.ballots.enums import PollState, SlipState
from shuzhi.ballots.models import BoxEntry, Poll, Slip
from shuzhi.ballots.pace import failed
from shuzhi.ballots.schema import REMARK_LIMIT, RaterCategory
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.typed import fit
from shuzhi.kernel.writes import writing

NEEDED = (  # for each ballot: plain values, since whole rows cost more than the rest of it
    *("pk", "poll_id", "category", "state", "used_hash"),
    *("poll__state", "poll__cards_digest"),
)
NONCE = re.compile(r"[0-9a-f]{32}", re.ASCII)
Word = Annotated[str, StringConstraints(max_length=60)]


class Ballot(BaseModel):
    """What a phone sends: subject → item → mark, subject → remark, and the rater's own unit.

    `own_unit` is a subject, or empty for "none of these"; it is asked where a category recuses.
    """

    model_config = ConfigDict(extra="forbid")

    marks: dict[Word, dict[Word, Word]] = {}
    remarks: dict[Word, str] = {}
    own_unit: Word | None = None


class SlipError(RefusedError):
    """A slip or ballot that is not taken; `code` names the reason for the phone's page."""

    def __init__(self, code: str, message: Any) -> None:
        super().__init__(message)
        self.code = code


_UNUSABLE = {
    SlipState.USED: (
        "used",
        _("这张测评票已经提交过，每张票只能用一次。如果不是您本人提交的，请告诉会场工作人员。"),
    ),
    SlipState.CANCELLED: ("cancelled", _("这张测评票已经注销，请向会场工作人员换领一张新票。")),
    SlipState.LATE: ("late", _("测评已经截止，这张票没有在截止前提交，不再计入。")),
}
_NOT_OPEN = {
    PollState.DRAFT: ("early", _("测评还没有开始，请等主持人宣布后再打开。")),
    PollState.CLOSED: ("late", _("测评已经截止，不再收票。")),
    PollState.SEALED: ("sealed", _("测评已经截止，票箱已经封存。")),
    PollState.ANNULLED: ("annulled", _("这次测评已经作废，请听会场工作人员安排。")),
}


def _unknown(public_id: str) -> SlipError:
    if failed(public_id):
        return SlipError("unknown", _("没有找到这张测评票，请核对编号，或请会场工作人员帮助。"))
    return SlipError("busy", _("输错的编号太多，请稍等一分钟再试。"))


def _bad(message: Any) -> SlipError:
    return SlipError("invalid", message)


def _ended(public_id: str) -> SlipError:
    """Say why a poll has no key for its slips: it is over, or there is none."""
    state = Poll.objects.filter(public_id=public_id).values_list("state", flat=True).first()
    if state in (PollState.SEALED, PollState.ANNULLED):
        return SlipError(*_NOT_OPEN[PollState(state)])
    return _unknown(public_id)


@cache
def _question() -> str:
    """Return the query for a slip as SQL: building it anew cost each ballot more than asking it."""
    rows = Slip.objects.filter(code_hash="").filter(poll__public_id="")
    return str(rows.values_list(*NEEDED).query.sql_with_params()[0])


def _slip(public_id: str, code: str) -> Slip:
    """Return the slip with what is needed of its poll, in one query."""
    try:
        code_hash = SlipKey(public_id).hash(code)
    except (FileNotFoundError, ValueError):
        raise _ended(public_id) from None
    with connection.cursor() as cursor:
        cursor.execute(_question(), [code_hash, public_id])
        found = cursor.fetchone()
    if not found:
        raise _unknown(public_id)
    pk, poll_pk, category, state, used, poll_state, digest = found
    poll = Poll(pk=poll_pk, public_id=public_id, state=poll_state, cards_digest=digest)
    slip = Slip(pk=pk, poll=poll, category=category, state=state, used_hash=used)
    if slip.poll.state in (PollState.SEALED, PollState.ANNULLED):
        raise SlipError(*_NOT_OPEN[PollState(slip.poll.state)])
    return slip


def _usable(slip: Slip) -> RaterCategory:
    """Return the category of a slip as it was read; refuse one that may not be used now."""
    if slip.state != SlipState.UNUSED:
        raise SlipError(*_UNUSABLE[SlipState(slip.state)])
    if slip.poll.state != PollState.OPEN:
        raise SlipError(*_NOT_OPEN[PollState(slip.poll.state)])
    category = frame_of(slip.poll).form.category(slip.category)
    if category is None:
        raise _unknown(slip.poll.public_id)
    return category


def check_slip(poll_public_id: str, code: str) -> RaterCategory:
    """Return the category of a slip that may still be used; raise `SlipError` otherwise.

    Changes nothing, so a rater learns at the start, not at the end, that a slip is no good.
    """
    return _usable(_slip(poll_public_id, code))


def find_poll(code: str) -> str:
    """Return the public id of the open poll that a typed code belongs to."""
    polls = Poll.objects.filter(state=PollState.OPEN).values_list("public_id", flat=True)
    for public_id in polls:
        if Slip.objects.filter(
            poll__public_id=public_id, code_hash=SlipKey(public_id).hash(code)
        ).exists():
            return public_id
    raise _unknown("")


def _own_unit(ballot: Ballot, frame: Frame, category: RaterCategory) -> str:
    if not category.recuse:
        return ""
    if ballot.own_unit is None:
        raise _bad(_("请先选择您所在的单位（不评本单位）。"))
    if ballot.own_unit and ballot.own_unit not in frame.subjects:
        raise _bad(_("所选的本人单位不在述职名单中。"))
    return ballot.own_unit


def _marks(ballot: Ballot, frame: Frame) -> list[list[str | None]]:
    """Return the marks in the order of cards and items; each different mark is checked once."""
    items = [item.id for item in frame.form.items]
    if unknown := ballot.marks.keys() - set(frame.subjects):
        raise _bad(_("“%(subject)s”不在这次述职名单中。") % {"subject": min(unknown)})
    given = {(item, mark) for row in ballot.marks.values() for item, mark in row.items()}
    for item, mark in sorted(given):
        if fault := frame.form.fault_of(mark, item):
            raise _bad(fault)
    rows = (ballot.marks.get(subject, {}) for subject in frame.subjects)
    return [[row.get(item) for item in items] for row in rows]


def _remarks(ballot: Ballot, frame: Frame) -> list[str]:
    given = {subject: " ".join(fit(text).split()) for subject, text in ballot.remarks.items()}
    if not frame.form.remark and any(given.values()):
        raise _bad(_("这次测评不收书面意见。"))
    if unknown := set(given) - set(frame.subjects):
        raise _bad(_("“%(subject)s”不在这次述职名单中。") % {"subject": min(unknown)})
    if any(len(text) > REMARK_LIMIT for text in given.values()):
        raise _bad(_("每条意见最多 %(limit)d 字，请写短一些。") % {"limit": REMARK_LIMIT})
    return [given.get(subject, "") for subject in frame.subjects]


def _content(ballot: Ballot, frame: Frame, category: RaterCategory, receipt: str) -> dict[str, Any]:
    """Return the checked ballot as it is kept in the box: marks in the order of the cards."""
    return {
        "category": category.id,
        "own": _own_unit(ballot, frame, category),
        "marks": _marks(ballot, frame),
        "remarks": _remarks(ballot, frame),
        "receipt": receipt,
    }


def _repeated(slip: Slip, nonce: str) -> str | None:
    """Return the receipt when this very request was answered before."""
    if slip.state == SlipState.USED and slip.used_hash == used_hash(nonce):
        return BoxKey(slip.poll.public_id).receipt(nonce)
    return None


def _put(slip: Slip, nonce: str, ciphertext: bytes) -> bool:
    """Use up the slip and store the ciphertext, both or neither; False if another was first."""
    with writing():
        used = Slip.objects.filter(pk=slip.pk, state=SlipState.UNUSED).update(
            state=SlipState.USED, used_hash=used_hash(nonce)
        )
        if used:
            BoxEntry.objects.create(poll_id=slip.poll_id, ciphertext=ciphertext)
    return bool(used)


def cast_ballot(poll_public_id: str, code: str, nonce: str, ballot: Ballot) -> str:
    """Cast a ballot with a slip and return its receipt.

    `nonce` is 32 hex digits that the phone drew: the same request again, whenever the answer was
    lost, returns the same receipt and stores nothing. Raises `SlipError` with a plain sentence.
    """
    if not NONCE.fullmatch(nonce):
        raise _bad(_("页面数据不完整，请重新扫码打开。"))
    slip = _slip(poll_public_id, code)
    if receipt := _repeated(slip, nonce):
        return receipt
    category = _usable(slip)
    key = BoxKey(poll_public_id)
    receipt = key.receipt(nonce)
    frame = frame_of(slip.poll)
    content = _content(ballot, frame, category, receipt)
    if not _put(slip, nonce, key.lock(content, frame.block)):
        return _after_race(slip, nonce)
    return receipt


def _after_race(slip: Slip, nonce: str) -> str:
    """Answer a request that lost: to its own double click with the receipt, else why not."""
    slip.refresh_from_db(fields=["state", "used_hash"])
    if receipt := _repeated(slip, nonce):
        return receipt
    raise SlipError(*_UNUSABLE[SlipState(slip.state)])
