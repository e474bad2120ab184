"""The story of one matter: what is owed now, and every entry with its facts and files in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from shuzhi.kernel.access import SYSTEM
from shuzhi.kernel.language import listed
from shuzhi.kernel.measures import percent
from shuzhi.matters.mechanism import Mechanism, mechanism_of
from shuzhi.matters.models import Matter, MatterFile, MatterStep
from shuzhi.matters.schema import Fact, FactType, MatterPlan
from shuzhi.matters.schema.facts import FILES
from shuzhi.registry.queries import people_known, units_coded

if TYPE_CHECKING:
    from shuzhi.kernel.models import StoredFile

NAMED = {FactType.UNIT, FactType.PERSON}
PICTURES = {"image/jpeg", "image/png"}


@dataclass(frozen=True)
class Attached:
    """A file of the story."""

    key: int
    file: "StoredFile"

    @property
    def picture(self) -> bool:
        return self.file.media_type in PICTURES


@dataclass(frozen=True)
class Line:
    """A fact in words: text, a table of rows, or files."""

    label: str
    text: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    files: tuple[Attached, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One entry of the story."""

    at: datetime
    title: str
    unit: str
    who: str
    party: str
    state: str
    round: int
    begins_round: bool
    note: str
    kind: str
    lines: tuple[Line, ...]
    marks: tuple[str, ...]


class Names:
    """Units and people that facts name by code or id, read in two queries for a whole story."""

    def __init__(self, plan: MatterPlan, facts: Iterable[Mapping[str, Any]]) -> None:
        found: dict[FactType, set[str]] = {FactType.UNIT: set(), FactType.PERSON: set()}
        for held in facts:
            for fact, value in _typed(plan.facts, held):
                found[fact.type].add(str(value))
        units, people = found[FactType.UNIT], found[FactType.PERSON]
        self.units = units_coded(units) if units else {}
        self.people = people_known(people) if people else {}

    def of(self, fact: Fact, value: Any) -> str:
        """Return the name behind a code or id; the code itself where nothing is known."""
        known: Mapping[str, Any] = self.units if fact.type is FactType.UNIT else self.people
        return str(known.get(str(value), value))


def _typed(facts: Mapping[str, Fact], held: Mapping[str, Any]) -> Iterator[tuple[Fact, Any]]:
    """Yield what names a unit or a person, in lists as well."""
    for key, value in held.items():
        fact = facts.get(key)
        if fact is None:
            continue
        if fact.type in NAMED:
            yield fact, value
        elif fact.type is FactType.LIST:
            columns = {column.id: column for column in fact.columns}
            for row in value:
                yield from _typed(columns, row)


def in_words(fact: Fact, value: Any, names: Names) -> str:
    """Return one value as people read it."""
    if value in (None, ""):
        return ""
    match fact.type:
        case FactType.CHOICE:
            chosen = fact.choice(str(value))
            return str(chosen.label) if chosen else str(value)
        case FactType.BOOLEAN:
            return _("是") if value else _("否")
        case FactType.UNIT | FactType.PERSON:
            return names.of(fact, value)
        case _:
            return str(value)


def lines_of(
    plan: MatterPlan,
    held: Mapping[str, Any],
    names: Names,
    files: Iterable[MatterFile] = (),
) -> Iterator[Line]:
    """Yield the facts in the order in which the mechanism names them."""
    attached: dict[str, list[Attached]] = {}
    for row in files:
        attached.setdefault(row.field, []).append(Attached(row.pk, row.file))
    for fact in plan.fields:
        label = str(fact.label)
        if fact.type in FILES:
            if fact.id in attached:
                yield Line(label, files=tuple(attached[fact.id]))
        elif fact.id in held and fact.type is FactType.LIST:
            yield Line(label, heads=tuple(str(column.label) for column in fact.columns),
                       rows=tuple(_row(fact, row, names) for row in held[fact.id]))  # fmt: skip
        elif fact.id in held:
            yield Line(label, in_words(fact, held[fact.id], names))


def vote_of(plan: MatterPlan, held: Mapping[str, Any]) -> Iterator[Line]:
    """Yield what a vote comes to, where its figures are given: the rate that measures count."""
    asked = plan.satisfaction
    whole = held.get(asked.of) if asked and asked.of else None
    if asked is None or not whole:
        return
    good = sum(held.get(key, 0) for key in asked.satisfied)
    words = {
        "percent": percent(good, whole),
        "what": listed(plan.facts[key].label for key in asked.satisfied),
        "good": good,
        "whole": whole,
    }
    said = _("%(percent)s%%（%(whole)s 人参加，%(what)s共 %(good)s 人）") % words
    yield Line(_("满意率"), said)


def _row(fact: Fact, row: Mapping[str, Any], names: Names) -> tuple[str, ...]:
    return tuple(in_words(column, row.get(column.id), names) for column in fact.columns)


def story(matter: Matter) -> list[Entry]:
    """Return every entry, the latest first; a fixed number of queries."""
    mechanism = mechanism_of(matter.reference)
    steps = list(
        matter.story.select_related("unit").prefetch_related("files__file").order_by("-pk")
    )
    names = Names(mechanism.plan, [step.facts for step in steps])
    likened = _likened(steps)
    before = [step.round for step in steps[1:]] + [0]
    return [
        _entry(mechanism, step, names, likened, begins=step.round > earlier > 0)
        for step, earlier in zip(steps, before, strict=True)
    ]


def _entry(
    mechanism: Mechanism,
    step: MatterStep,
    names: Names,
    likened: Mapping[str, str],
    *,
    begins: bool,
) -> Entry:
    plan = mechanism.plan
    party = plan.by_party.get(step.party)
    state = plan.by_state.get(step.state)
    name = _("系统") if step.name == SYSTEM.name else step.name
    return Entry(
        at=step.at,
        title=_title(plan, step),
        unit=step.unit.short_name if step.unit else "",
        who=" ".join(filter(None, (step.post, name))),
        party=str(party.label) if party else "",
        state=str(state.label) if state else "",
        round=step.round,
        begins_round=begins,
        note=step.note,
        kind=step.kind,
        lines=(*lines_of(plan, step.facts, names, step.files.all()), *vote_of(plan, step.facts)),
        marks=tuple(_mark(plan, mark, likened) for mark in step.marks),
    )


def _title(plan: MatterPlan, step: MatterStep) -> str:
    row = plan.by_step.get(step.step)
    return str(row.label) if row else step.get_kind_display()


def _likened(steps: Iterable[MatterStep]) -> dict[str, str]:
    """Return the units of the other matters that a text repeats, by the matter's public id."""
    keys = {str(mark["of"]) for step in steps for mark in step.marks}
    if not keys:
        return {}
    rows = Matter.objects.filter(public_id__in=keys).select_related("unit")
    return {row.public_id: row.unit.short_name for row in rows}


def _mark(plan: MatterPlan, mark: Mapping[str, Any], likened: Mapping[str, str]) -> str:
    fact, of = plan.facts[mark["fact"]], str(mark["of"])
    source = str(plan.facts[of].label) if of in plan.facts else likened.get(of, "")
    words = {"what": fact.label, "source": source, "percent": mark["percent"]}
    return _("“%(what)s”与“%(source)s”有 %(percent)s%% 相同") % words
