"""Seal a poll: decrypt in memory, drop, count, shuffle, write anew, digest, destroy the keys."""

import secrets
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from shuzhi.ballots.ballot_sheet import Mark, Sheet, from_box, marks_of
from shuzhi.ballots.box import BoxKey
from shuzhi.ballots.cards import Frame, frame_of
from shuzhi.ballots.digest import box_digests
from shuzhi.ballots.events import PollSealed
from shuzhi.ballots.models import (
    BoxEntry,
    PaperCount,
    PaperEntry,
    PaperSettlement,
    Poll,
    Receipt,
    Remark,
    SealedMark,
    Slip,
)
from shuzhi.ballots.queries.paper import paper_states
from shuzhi.ballots.statistics import rater_statistics
from shuzhi.ballots.workflow import POLL_FLOW
from shuzhi.kernel.access import Actor
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.events import publish
from shuzhi.kernel.fields import random_id
from shuzhi.kernel.language import clauses
from shuzhi.kernel.workflow import perform
from shuzhi.kernel.writes import verb

from .endings import after_commit_destroy_keys, let_tellers_go

LABEL_LENGTH = 8
BATCH = 2000
_random = secrets.SystemRandom()


def _labels(count: int) -> list[str]:
    """Return `count` different labels."""
    labels: set[str] = set()
    while len(labels) < count:
        labels.add(random_id(LABEL_LENGTH))
    return _random.sample(sorted(labels), count)


def _sealed_rows(poll: Poll, marks: Counter[Mark]) -> list[SealedMark]:
    """Return a row for each mark: subject by subject, item by item, each shuffled afresh."""
    cells: defaultdict[tuple[str, str], list[Mark]] = defaultdict(list)
    for mark in marks.elements():
        cells[mark.subject, mark.item].append(mark)
    rows = []
    for key in sorted(cells):
        cell = _random.sample(cells[key], len(cells[key]))
        labels = _labels(len(cell))
        rows += [
            SealedMark(poll=poll, label=label, **mark._asdict())
            for mark, label in zip(cell, labels, strict=True)
        ]
    return rows


def _remark_rows(poll: Poll, given: list[tuple[str, str]]) -> list[Remark]:
    _random.shuffle(given)
    given.sort(key=lambda pair: pair[0])  # stable: by subject, shuffled within
    return [Remark(poll=poll, subject=subject, text=text) for subject, text in given]


@dataclass
class Content:
    """All that is counted in, from phones and from paper, without a trace of which is which."""

    marks: Counter[Mark] = field(default_factory=Counter)
    sheets: list[Sheet] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    tallied: Counter[str] = field(default_factory=Counter)  # forms known as tallies only


def _write(poll: Poll, content: Content) -> None:
    SealedMark.objects.bulk_create(_sealed_rows(poll, content.marks), batch_size=BATCH)
    Remark.objects.bulk_create(_remark_rows(poll, content.remarks), batch_size=BATCH)
    receipts = sorted(sheet.receipt for sheet in content.sheets if sheet.receipt)
    Receipt.objects.bulk_create(
        (Receipt(poll=poll, code=code) for code in receipts), batch_size=BATCH
    )


def _empty_box(poll: Poll) -> None:
    """Remove ciphertexts and what tied a slip to a phone."""
    for model in (BoxEntry, PaperEntry, PaperSettlement):
        model._default_manager.filter(poll=poll).delete()
    Slip.objects.filter(poll=poll).update(used_hash="")


def _from_box(poll: Poll, frame: Frame) -> Content:
    key = BoxKey(poll.public_id)
    entries = BoxEntry.objects.filter(poll=poll).values_list("ciphertext", flat=True)
    sheets = [from_box(key.unlock(ciphertext), frame) for ciphertext in entries.iterator()]
    written = [pair for sheet in sheets for pair in sheet.remarks.items()]
    return Content(marks_of(sheets), sheets, written)


def _add_paper(poll: Poll, content: Content) -> None:
    """Add the agreed paper, and keep how many forms of each fate there were."""
    for state in paper_states(poll):
        if state.result is None:
            raise RefusedError(clauses(state.faults))
        content.marks += state.result.marks
        content.sheets += state.result.sheets
        content.remarks += state.result.remarks
        content.tallied[state.category] += state.result.valid - len(state.result.sheets)
        counts = PaperCount.objects.filter(poll=poll, category=state.category)
        counts.update(**state.result.counts)


@verb
def seal_poll(*, actor: Actor, poll: Poll) -> Poll:
    """Seal a closed poll whose paper is reconciled; afterwards only marks and receipts are left.

    The digest of what was written goes into the audit record, hence into the proof log; both
    keys are destroyed as soon as the transaction has committed.
    """
    perform(POLL_FLOW, poll, "seal", actor=actor)
    frame = frame_of(poll)
    content = _from_box(poll, frame)
    _add_paper(poll, content)
    _write(poll, content)
    poll.statistics = rater_statistics(
        frame.form, len(frame.subjects), content.sheets, content.tallied
    )
    digests = box_digests(poll)
    poll.box_digest = digests["box"]
    poll.save(update_fields=["statistics", "box_digest"])
    record("poll.box_sealed", poll, actor=actor, after=digests)
    _empty_box(poll)
    let_tellers_go(poll, actor=actor)
    after_commit_destroy_keys(poll)
    publish(PollSealed(poll.pk))
    return poll
