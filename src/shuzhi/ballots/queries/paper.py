"""Paper forms between closing and sealing: who has entered, what differs, what is reconciled.

Figures of the tellers are decrypted here only once both have finished.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from shuzhi.ballots.box import BoxKey
from shuzhi.ballots.enums import EntryState, PaperMode
from shuzhi.ballots.models import PaperCount, PaperEntry, PaperSettlement, Poll
from shuzhi.ballots.paper_content import (
    COUNTS,
    SEPARATOR,
    Difference,
    PaperContent,
    PaperResult,
    Settled,
    agreed_cells,
    differences,
    result_of,
)

TELLERS = 2


@dataclass
class PaperState:
    """Where the count of one category stands; `result` is there once nothing differs."""

    category: str
    title: str
    issued: int
    entries: list[PaperEntry]
    differences: list[Difference] = field(default_factory=list)
    result: PaperResult | None = None
    faults: list[str] = field(default_factory=list)

    @property
    def finished(self) -> bool:
        """Both tellers have finished: only now may anybody compare."""
        done = [entry for entry in self.entries if entry.state == EntryState.FINISHED]
        return len(done) == TELLERS


def _settled(poll: Poll, key: BoxKey) -> dict[str, dict[str, Settled]]:
    found: dict[str, dict[str, Settled]] = {}
    for row in PaperSettlement.objects.filter(poll=poll):
        said = key.unlock(row.ciphertext)
        one, other = said["between"]
        found.setdefault(row.category, {})[row.cell] = Settled(said["value"], (one, other))
    return found


def _compare(poll: Poll, key: BoxKey, state: PaperState, settled: dict[str, Settled]) -> None:
    mode = PaperMode(poll.paper_mode)
    contents = [content_of(key, entry) for entry in state.entries]
    one, other = (content.cells(mode) for content in contents)
    state.differences = sorted(differences(one, other, settled), key=_place_on_sheet(poll))
    if all(difference.settled is not None for difference in state.differences):
        state.result = result_of(state.category, agreed_cells(one, state.differences))
        written = next((content.remarks for content in contents if content.remarks), {})
        state.result.remarks = [
            (subject, text) for subject, texts in written.items() for text in texts
        ]


def _order(names: Iterable[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}


def _place_on_sheet(poll: Poll) -> Callable[[Difference], tuple[int, ...]]:
    """Return where a difference stands: counts, then item, reporter and mark as on the sheet."""
    form = poll.parsed_form
    items, marks = _order(item.id for item in form.items), _order(form.scale.values())
    subjects, counts = _order(poll.cards.values_list("subject", flat=True)), _order(COUNTS)

    def place(difference: Difference) -> tuple[int, ...]:
        match difference.cell.split(SEPARATOR):
            case ["count", name]:
                return 0, counts[name]
            case ["tally", item, subject, mark]:
                return 1, items[item], subjects[subject], marks.get(mark, len(marks))
            case ["form", number, item, subject]:
                return 2, int(number), subjects[subject], items[item]
            case ["form", number]:
                return 2, int(number)
        return (3,)

    return place


def content_of(key: BoxKey, entry: PaperEntry) -> PaperContent:
    """Return what a teller has entered."""
    return PaperContent.model_validate(key.unlock(entry.ciphertext))


def _faults(poll: Poll, state: PaperState) -> Iterator[str]:
    words: dict[str, Any] = {"title": state.title, "issued": state.issued}
    if not state.finished:
        yield _("“%(title)s”的纸质票还没有由两人录完") % words
        return
    if state.result is None:
        words["n"] = sum(row.settled is None for row in state.differences)
        yield _("“%(title)s”有 %(n)d 处录入差异没有解决") % words
        return
    yield from _unreconciled(poll, state.result, words)


def _unreconciled(poll: Poll, result: PaperResult, words: dict[str, Any]) -> Iterator[str]:
    counts = result.counts
    accounted = counts["returned"] + counts["unused"] + counts["cancelled"]
    words |= counts | {"accounted": accounted, "valid": result.valid}
    if accounted != words["issued"]:
        yield (
            _(
                "“%(title)s”发出 %(issued)d 张，收回 %(returned)d、未用 %(unused)d、"
                "注销 %(cancelled)d 合计 %(accounted)d 张，对不上"
            )
            % words
        )
    if result.valid < 0:
        yield _("“%(title)s”的无效票多于收回的票") % words
    if poll.paper_mode == PaperMode.BALLOTS and len(result.sheets) != result.valid:
        words["entered"] = len(result.sheets)
        yield _("“%(title)s”应有 %(valid)d 张有效票，逐张录入了 %(entered)d 张") % words
    given = Counter[tuple[str, str]]()
    for mark, number in result.marks.items():
        given[mark.subject, mark.item] += number
    if given and max(given.values()) > result.valid:
        words["most"] = max(given.values())
        yield _("“%(title)s”有效票 %(valid)d 张，却有一项计了 %(most)d 票") % words


def _state(poll: Poll, row: PaperCount, entries: list[PaperEntry]) -> PaperState:
    category = poll.parsed_form.category(row.category)
    return PaperState(
        category=row.category,
        title=category.title if category else row.category,
        issued=row.issued,
        entries=[entry for entry in entries if entry.category == row.category],
    )


def paper_states(poll: Poll) -> list[PaperState]:
    """Return the categories that have paper forms, in the order of their ids."""
    entries = list(PaperEntry.objects.filter(poll=poll).select_related("teller").order_by("pk"))
    rows = poll.paper.filter(issued__gt=0).order_by("category")
    states = [_state(poll, row, entries) for row in rows]
    if any(state.finished for state in states):
        key = BoxKey(poll.public_id)
        settled = _settled(poll, key)
        for state in filter(lambda state: state.finished, states):
            _compare(poll, key, state, settled.get(state.category, {}))
    for state in states:
        state.faults = list(_faults(poll, state))
    return states


def paper_faults(poll: Poll) -> list[str]:
    """Return what is not reconciled, as sentences; empty when sealing may go on."""
    return [fault for state in paper_states(poll) for fault in state.faults]


def own_entry(poll: Poll, category: str, account_id: int | None) -> tuple[bool, PaperContent]:
    """Return whether a teller has finished a category, and what they alone have entered."""
    entry = PaperEntry.objects.filter(poll=poll, category=category, teller_id=account_id).first()
    if entry is None:
        return False, PaperContent()
    finished = entry.state == EntryState.FINISHED
    return finished, content_of(BoxKey(poll.public_id), entry)


def cell_words(poll: Poll, cell: str) -> str:
    """Return a cell in words: whose mark on what, or which count."""
    names = {card.subject: f"{card.unit_title} {card.name}" for card in poll.cards.all()}
    items = {item.id: item.title for item in poll.parsed_form.items}
    counts = {
        "returned": _("收回张数"),
        "void": _("无效张数"),
        "unused": _("未用张数"),
        "cancelled": _("作废换发张数"),
    }
    match cell.split(SEPARATOR):
        case ["count", name]:
            return counts[name]
        case ["tally", item, subject, mark]:
            return f"{names[subject]} · {items[item]} · {mark}"
        case ["form", number]:
            return _("第 %(n)s 号票是否录入") % {"n": number}
        case ["form", number, item, subject]:
            return _("第 %(n)s 号票") % {"n": number} + f" · {names[subject]} · {items[item]}"
        case _:
            return cell
