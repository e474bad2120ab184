"""Hold a filled ledger against what stands: what is new, what changes, what is wrong, by cell."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuzhi.kernel.access import Actor
from shuzhi.kernel.sheets import Cell, Column, Grid, find_header, read_cell
from shuzhi.matters.facts import FactsError, read_facts
from shuzhi.matters.forms.naming import Around, PersonField, UnitField, those_of
from shuzhi.matters.models import Matter
from shuzhi.matters.queries.listing import seen, with_left, with_names
from shuzhi.matters.queries.telling import Names
from shuzhi.matters.schema import Fact, FactType, Transition

from .columns import FACT, FIXED, LIST, PARTY, Ledger
from .writing import row_of


class Change(StrEnum):
    """What a row means."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


WORDS = {
    Change.NEW: gettext_lazy("新增"),
    Change.CHANGED: gettext_lazy("有变化"),
    Change.SAME: gettext_lazy("没有变化"),
    Change.WRONG: gettext_lazy("有错"),
}


@dataclass
class Line:
    """One row of the file: its cells as typed, as they were, and what is wrong with them."""

    row: int
    typed: dict[str, Any]
    before: dict[str, Any] = field(default_factory=dict)
    unread: dict[str, Any] = field(default_factory=dict)  # what no value could be made of
    faults: dict[str, str] = field(default_factory=dict)
    matter: Matter | None = None
    step: Transition | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    parties: dict[str, Any] = field(default_factory=dict)
    unit: Any = None

    @property
    def change(self) -> Change:
        if self.faults:
            return Change.WRONG
        if self.matter is None:
            return Change.NEW
        return Change.CHANGED if self.step else Change.SAME

    def fault(self, key: str, words: object) -> None:
        """Note what is wrong with a cell; the first fault stands."""
        self.faults.setdefault(key, str(words))


class _Reader:
    """Reads the rows of one file for one actor."""

    def __init__(self, ledger: Ledger, actor: Actor, known: Mapping[str, Matter]) -> None:
        self.ledger, self.actor, self.known = ledger, actor, known
        self.around = Around(actor)
        self.names = Names(ledger.plan, [matter.facts for matter in known.values()])
        self.columns = {column.key: column for column in ledger.columns}

    def read(self, number: int, cells: Mapping[str, Cell]) -> Line:
        line = Line(number, {})
        for key, column in self.columns.items():
            line.typed[key] = _typed(line, column, cells.get(key))
        key = line.typed["id"]
        if key is None:
            self._new(line)
        elif key in self.known:
            self._existing(line, self.known[key])
        else:
            line.fault("id", _("没有这一件，或者不在您的工作范围内；新增的行请留空"))
        return line

    def _new(self, line: Line) -> None:
        if line.typed["step"]:
            line.fault("step", _("新增的行先立项，下一次再办理"))
        line.unit = self._named(line, "unit", UnitField(self.around))
        for party in self.ledger.plan.named:
            wanted = those_of(party, self.around, required=False)
            if line.typed[PARTY + party.id]:
                line.parties[party.id] = self._named(line, PARTY + party.id, wanted)
        later = [key for key in self.ledger.later if line.typed[FACT + key] is not None]
        for key in later:
            line.fault(FACT + key, _("新增的行先立项，这一项以后办理时再填"))
        for key in self.ledger.lists:
            if line.typed[LIST + key] is not None:
                line.fault(LIST + key, _("请在网页上填写这一项"))
        opens = self.ledger.plan.opens
        self._facts(line, self.ledger.opening, opens.needs, opens.offers)

    def _named(self, line: Line, key: str, wanted: Any) -> Any:
        try:
            return wanted.clean(line.typed[key] or "")
        except ValidationError as error:
            line.fault(key, " ".join(error.messages))
            return None

    def _existing(self, line: Line, matter: Matter) -> None:
        line.matter, line.before = matter, row_of(self.ledger, matter, self.names)
        changed = self._changed(line)
        step = self._step(line, changed)
        if step is None:
            return
        allowed = {*step.needs, *step.offers}
        for key in changed - allowed:
            line.fault(FACT + key, _("“%(step)s”这一步不填这一项") % {"step": step.label})
        wanted = [key for key in allowed if key in changed or key in step.needs]
        self._facts(
            line, [key for key in self.ledger.facts if key in wanted], step.needs, step.offers
        )
        line.step = step

    def _changed(self, line: Line) -> set[str]:
        """Return the facts that were changed; fault what the table cannot change."""
        named = [PARTY + row.id for row in self.ledger.plan.named]
        for key in ("title", "unit", *FIXED, *named, *(LIST + key for key in self.ledger.lists)):
            if not _same(line.typed[key], line.before[key]):
                line.fault(
                    key,
                    _("这一格不能在表里改，原来是：%(was)s") % {"was": line.before[key] or _("空")},
                )
        changed = set()
        for key in self.ledger.facts:
            now, was = line.typed[FACT + key], line.before[FACT + key]
            if now is None and was is not None:
                line.fault(FACT + key, _("已经填过的内容不能在表里清空"))
            elif not _same(now, was):
                changed.add(key)
        return changed

    def _step(self, line: Line, changed: set[str]) -> Transition | None:
        words = line.typed["step"]
        if not words:
            for key in changed:
                line.fault(FACT + key, _("改了这一格，请在“本次办理”里选办理哪一步"))
            return None
        step = self.ledger.steps.get(words)
        matter = line.matter
        if step is None or matter is None:
            return None  # the cell itself has been found wrong
        known = self.ledger.mechanism.flow[step.id]
        if not known.possible(matter, matter.state_id):
            line.fault("step", _("现在办到“%(state)s”，不能办这一步") % {"state": matter.state})
        elif not known.permits(matter, self.actor):
            line.fault("step", _("这一步不由您办理"))
        return step

    def _facts(
        self, line: Line, keys: Iterable[str], needs: Iterable[str], offers: Iterable[str]
    ) -> None:
        for key in keys:
            value = line.typed[FACT + key]
            if value is not None:
                line.facts[key] = self._kept(line, key, value)
        try:
            read_facts(self.ledger.plan, needs, offers, line.facts)
        except FactsError as error:
            for key, words in error.faults.items():
                places = (FACT + key, LIST + key, "step")
                line.fault(next(one for one in places if one in self.columns), words)

    def _kept(self, line: Line, key: str, value: Any) -> Any:
        """Return a cell's value as verbs take the fact."""
        fact: Fact = self.ledger.facts[key]
        if fact.type is FactType.CHOICE:
            return next((row.id for row in fact.choices if str(row.label) == value), value)
        if fact.type is FactType.UNIT:
            return self._named(line, FACT + key, UnitField(self.around))
        if fact.type is FactType.PERSON:
            return self._named(line, FACT + key, PersonField(self.around))
        return value


def _typed(line: Line, column: Column, cell: Cell) -> Any:
    try:
        return read_cell(column, cell)
    except ValueError as fault:
        line.fault(column.key, fault.args[0])
        line.unread[column.key] = cell
        return None


def _same(now: Any, was: Any) -> bool:
    if isinstance(now, date) or isinstance(was, date):
        return str(now or "")[:10] == str(was or "")[:10]
    if isinstance(now, str) or isinstance(was, str):
        return "".join(str(now or "").split()) == "".join(str(was or "").split())
    return bool(now == was)


def compare(ledger: Ledger, grid: Grid, actor: Actor) -> list[Line]:
    """Return every filled row with what it means; `RefusedError` if columns are missing."""
    header, places = find_header(grid, ledger.columns)
    rows = [
        (number, {key: row[at] for key, at in places.items() if at < len(row)})
        for number, row in enumerate(grid.rows[header + 1 :], header + 2)
        if any(cell is not None for cell in row)
    ]
    keys = {str(cells["id"]).strip() for _number, cells in rows if cells.get("id")}
    mine = seen(actor).filter(public_id__in=keys, mechanism=ledger.mechanism.id)
    found = with_left(with_names(mine))
    reader = _Reader(ledger, actor, {matter.public_id: matter for matter in found})
    return _once([reader.read(number, cells) for number, cells in rows])


def _once(lines: list[Line]) -> list[Line]:
    """Fault a matter that stands in the file twice."""
    met: set[str] = set()
    for line in lines:
        key = line.typed["id"]
        if key in met:
            line.fault("id", _("这一件在表里出现了两次"))
        if key:
            met.add(key)
    return lines


def counts_of(lines: Iterable[Line]) -> list[tuple[Change, Any, int]]:
    """Return how many rows there are of each change, in words."""
    counts = Counter(line.change for line in lines)
    return [(change, WORDS[change], counts[change]) for change in Change]
