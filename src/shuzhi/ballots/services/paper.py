"""Paper: forms handed out, two tellers entering apart, differences settled."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _

from shuzhi.ballots.box import BoxKey
from shuzhi.ballots.enums import EntryState, PaperMode, PollState
from shuzhi.ballots.models import PaperCount, PaperEntry, PaperSettlement, Poll
from shuzhi.ballots.paper_content import COUNTS, MOST_FORMS, FormEntry, PaperContent
from shuzhi.ballots.queries.paper import TELLERS, content_of, paper_states
from shuzhi.ballots.schema import REMARK_LIMIT, PollForm
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import ForbiddenError, RefusedError, StateError
from shuzhi.kernel.typed import whole
from shuzhi.kernel.writes import verb

from .polls import locked_poll

REASON_LIMIT = 200


@verb
def set_paper_issued(*, actor: Actor, poll: Poll, category: str, issued: int) -> None:
    """State how many paper forms of a category have been handed out in all."""
    locked = locked_poll(poll, actor, PollState.DRAFT, PollState.OPEN, PollState.CLOSED)
    if locked.parsed_form.category(category) is None or not 0 <= issued <= MOST_FORMS:
        raise RefusedError(_("请填写 0 到 %(most)d 之间的张数。") % {"most": MOST_FORMS})
    PaperCount.objects.update_or_create(poll=locked, category=category, defaults={"issued": issued})
    facts = {"category": category, "issued": issued}
    record("poll.paper_issued", locked, actor=actor, after=facts)


def check_closed(poll: Poll) -> None:
    """Refuse paper ballots while phones vote, and once the box is sealed."""
    if poll.state != PollState.CLOSED:
        raise StateError(_("纸质票在测评截止以后、封存以前录入。"))


def _counted_poll(poll: Poll, actor: Actor) -> Poll:
    locked = Poll.objects.select_for_update().select_related("unit").get(pk=poll.pk)
    require(actor, Permission.POLL_COUNT, locked)
    check_closed(locked)
    return locked


def _entry(poll: Poll, actor: Actor, category: str) -> PaperEntry:
    """Return the actor's entry; the first two tellers of a category take its two places."""
    if actor.account_id is None:
        raise ForbiddenError(_("只有计票员可以录入。"))
    entries = PaperEntry.objects.select_for_update().filter(poll=poll, category=category)
    held = list(entries)
    own = next((entry for entry in held if entry.teller_id == actor.account_id), None)
    if own is not None:
        return own
    if not poll.paper.filter(category=category, issued__gt=0).exists():
        raise RefusedError(_("这一类没有登记发出的纸质票。"))
    if len(held) >= TELLERS:
        raise RefusedError(_("这一类已经由另外两名计票员录入。"))
    return PaperEntry(
        poll=poll,
        category=category,
        teller_id=actor.account_id,
        ciphertext=BoxKey(poll.public_id).lock(PaperContent().model_dump(mode="json")),
    )


@contextmanager
def _writing(poll: Poll, actor: Actor, category: str) -> Iterator[tuple[PaperContent, PollForm]]:
    """Open the actor's own entry for a change and lock it again with what was changed."""
    locked = _counted_poll(poll, actor)
    entry = _entry(locked, actor, category)
    if entry.state == EntryState.FINISHED:
        raise StateError(_("您已经录完这一类；要改动请先点“退回重录”。"))
    key = BoxKey(locked.public_id)
    content = content_of(key, entry)
    yield content, locked.parsed_form
    checked = PaperContent.model_validate(content.model_dump())
    entry.ciphertext = key.lock(checked.model_dump(mode="json"))
    entry.save()


@verb
def save_counts(*, actor: Actor, poll: Poll, category: str, counts: dict[str, int]) -> None:
    """Save how many forms came back, are void, unused and cancelled."""
    with _writing(poll, actor, category) as (content, _form):
        content.counts = {name: counts.get(name, 0) for name in COUNTS}


def _checked(form: PollForm, item: str, mark: str) -> None:
    if fault := form.fault_of(mark, item):
        raise RefusedError(fault)


@verb
def save_tallies(
    *, actor: Actor, poll: Poll, category: str, item: str, tallies: dict[str, dict[str, int]]
) -> None:
    """Save the tally sheet of one item: subject → mark → strokes counted."""
    with _writing(poll, actor, category) as (content, form):
        for marks in tallies.values():
            for mark in marks:
                _checked(form, item, mark)
        content.tallies[item] = tallies


@verb
def save_form(
    *, actor: Actor, poll: Poll, category: str, number: int, marks: dict[str, dict[str, str]]
) -> None:
    """Save one paper form under the number pencilled on it."""
    with _writing(poll, actor, category) as (content, form):
        for given in marks.values():
            for item, mark in given.items():
                _checked(form, item, mark)
        content.forms[number] = FormEntry(marks=marks)


@verb
def remove_form(*, actor: Actor, poll: Poll, category: str, number: int) -> None:
    """Take back a paper form entered by mistake."""
    with _writing(poll, actor, category) as (content, _form):
        content.forms.pop(number, None)


@verb
def save_remarks(*, actor: Actor, poll: Poll, category: str, remarks: dict[str, list[str]]) -> None:
    """Save opinions written on paper forms; one teller's are enough, they are not compared."""
    if any(len(text) > REMARK_LIMIT for texts in remarks.values() for text in texts):
        raise RefusedError(_("每条意见最多 %(limit)d 字，请摘要录入。") % {"limit": REMARK_LIMIT})
    with _writing(poll, actor, category) as (content, _form):
        content.remarks = {subject: texts for subject, texts in remarks.items() if texts}


@verb
def finish_entry(*, actor: Actor, poll: Poll, category: str, all_blank: bool = False) -> None:
    """Declare the own entry complete; when both have, their differences show to both.

    Valid forms without a single mark are more likely forgotten than blank: `all_blank` says that
    the teller has been asked.
    """
    locked = _counted_poll(poll, actor)
    entry = _entry(locked, actor, category)
    content = content_of(BoxKey(locked.public_id), entry)
    unmarked = content.unmarked(PaperMode(locked.paper_mode))
    if unmarked and not all_blank:
        raise RefusedError(_("收回 %(n)d 张有效票，却一票未记。请先计票。") % {"n": unmarked})
    entry.state = EntryState.FINISHED
    entry.save()
    record("poll.entry_finished", locked, actor=actor, after={"category": category})


@verb
def reopen_entry(*, actor: Actor, poll: Poll, category: str) -> None:
    """Take the own entry up again, to look at the forms once more."""
    locked = _counted_poll(poll, actor)
    entry = _entry(locked, actor, category)
    entry.state = EntryState.ENTERING
    entry.save()
    record("poll.entry_reopened", locked, actor=actor, after={"category": category})


@verb
def settle_cell(
    *, actor: Actor, poll: Poll, category: str, cell: str, value: str, reason: str
) -> None:
    """Decide a cell in which the tellers differ, with a reason; one of their values, or a third."""
    locked = locked_poll(poll, actor, PollState.CLOSED)
    states = (row for row in paper_states(locked) if row.category == category)
    differing = {row.cell: row.values for state in states for row in state.differences}
    if cell not in differing:
        raise RefusedError(_("这一处没有差异，不需要裁定。"))
    if not reason.strip():
        raise RefusedError(_("请写明裁定的理由。"))
    _check_settled(locked.parsed_form, cell, value.strip())
    PaperSettlement.objects.update_or_create(
        poll=locked,
        category=category,
        cell=cell,
        defaults={
            "ciphertext": BoxKey(locked.public_id).lock(
                {"value": value.strip(), "between": differing[cell]}
            ),
            "reason": reason.strip()[:REASON_LIMIT],
            "settled_by_id": actor.account_id,
        },
    )
    facts = {"category": category, "cell": cell, "reason": reason.strip()[:REASON_LIMIT]}
    record("poll.cell_settled", locked, actor=actor, after=facts)


def _check_settled(form: PollForm, cell: str, value: str) -> None:
    kind = cell.partition("|")[0]
    if kind != "form":
        if (number := whole(value)) is None or number > MOST_FORMS:
            raise RefusedError(_("请填写票数（0 或正整数）。"))
    elif value and value != "✓" and (fault := form.fault_of(value)):
        raise RefusedError(fault)
