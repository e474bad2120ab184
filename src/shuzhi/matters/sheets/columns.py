"""Which columns the ledger of a kind has: what is owed, what was laid down, where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from shuzhi.kernel.sheets import Column, Kind
from shuzhi.matters.mechanism import Mechanism
from shuzhi.matters.schema import Fact, FactType, MatterPlan, Transition
from shuzhi.matters.schema.facts import FILES

PARTY, FACT, LIST = "party.", "fact.", "list."
FIXED = ("number", "state", "due", "left")  # written by the system, for reading only
WIDE = {FactType.LONG: 40, FactType.TEXT: 24}
KINDS = {
    FactType.INTEGER: Kind.INTEGER,
    FactType.DECIMAL: Kind.DECIMAL,
    FactType.DATE: Kind.DATE,
    FactType.BOOLEAN: Kind.YES_NO,
}


@dataclass(frozen=True, eq=False)
class Ledger:
    """The columns of one kind, and how its facts and steps are found by them."""

    mechanism: Mechanism

    @property
    def plan(self) -> MatterPlan:
        return self.mechanism.plan

    @property
    def title(self) -> str:
        """Return what the sheet and its file are called."""
        return capfirst(_("%(words)s台账") % {"words": self.plan.words})

    @cached_property
    def opening(self) -> tuple[str, ...]:
        """Return the facts with which one is opened, as far as a cell can hold them."""
        opens = self.plan.opens
        return tuple(key for key in (*opens.needs, *opens.offers) if self.holds(key))

    @cached_property
    def later(self) -> tuple[str, ...]:
        """Return the facts that steps give."""
        given = [key for row in self.plan.transitions for key in (*row.needs, *row.offers)]
        known = dict.fromkeys(key for key in given if self.holds(key) and key not in self.opening)
        return tuple(known)

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """Return every fact that has a column."""
        return {key: self.plan.facts[key] for key in (*self.opening, *self.later)}

    @cached_property
    def steps(self) -> dict[str, Transition]:
        """Return by its words every step that a row of cells can take."""
        return {
            str(row.label): row
            for row in self.plan.transitions
            if row.by and not row.assigns and all(self.holds(key) for key in row.needs)
        }

    @cached_property
    def lists(self) -> dict[str, Fact]:
        """Return the facts with rows of their own (measures, items), which are only read here."""
        return {row.id: row for row in self.plan.fields if row.type is FactType.LIST}

    def holds(self, key: str) -> bool:
        """Tell whether a cell can hold this fact: no files, no lists."""
        return self.plan.facts[key].type not in FILES | {FactType.LIST}

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Return the columns from left to right."""
        return tuple(self._columns())

    def _columns(self) -> Iterator[Column]:
        yield Column("id", _("识别码"), note=_("不要改动；新增的行留空"), width=14)
        yield Column("number", _("编号"), width=22)
        yield Column("title", str(self.plan.subject), required=True, width=36)
        yield Column("unit", str(self.plan.about.label), required=True, width=24)
        for party in self.plan.named:
            yield Column(PARTY + party.id, str(party.label), width=18)
        yield from (self._fact(key) for key in self.opening)
        for key, row in self.lists.items():
            yield Column(LIST + key, str(row.label), note=_("在网页上填写，这里只看"), width=40)
        yield Column("state", _("办到哪一步"), width=16)
        yield Column("due", _("最近期限"), Kind.DATE, width=12)
        yield Column("left", _("年度封存时"), note=_("从已封存的年度转来的才有"), width=18)
        note = _("改了后面的内容，就在这里选办理哪一步；没有变化就留空")
        yield Column("step", _("本次办理"), choices=list(self.steps), note=note, width=18)
        yield from (self._fact(key) for key in self.later)

    def _fact(self, key: str) -> Column:
        fact = self.plan.facts[key]
        choices = [str(row.label) for row in fact.choices]
        kind = KINDS.get(fact.type, Kind.TEXT)
        return Column(
            FACT + key, str(fact.label), kind, choices=choices, width=WIDE.get(fact.type, 14)
        )
