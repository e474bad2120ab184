"""Names in a body: each stands once, and whatever is mentioned exists."""

from collections.abc import Container, Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from .plan import MatterPlan
from .steps import When

Path = tuple[str | int, ...]
Fault = tuple[Path, str]


def _twice(plan: MatterPlan) -> Iterator[Fault]:
    for part in ("fields", "parties", "states", "transitions", "deadlines"):
        seen: set[str] = set()
        for number, row in enumerate(getattr(plan, part)):
            if row.id in seen:
                yield (part, number, "id"), _("“%(id)s”重复，请换一个") % {"id": row.id}
            seen.add(row.id)


def _one(path: Path, name: Any, known: Container[Any], what: str) -> Iterator[Fault]:
    if name is not None and name not in known:
        words = {"what": what, "id": name}
        yield path, _("没有“%(id)s”这个%(what)s，请检查拼写或先定义它") % words


def _each(path: Path, names: Iterable[Any], known: Container[Any], what: str) -> Iterator[Fault]:
    for number, name in enumerate(names):
        yield from _one((*path, number), name, known, what)


def _when(path: Path, when: When | None, plan: MatterPlan) -> Iterator[Fault]:
    if when is None:
        return
    yield from _one((*path, "when", "field"), when.field, plan.facts, _("事实"))
    fact = plan.facts.get(when.field)
    known = {row.id for row in fact.choices} if fact and fact.choices else {True, False}
    if fact:
        yield from _each((*path, "when", "is"), when.is_, known, _("取值"))


def _of_facts(plan: MatterPlan) -> Iterator[Fault]:
    lists = {key for key, fact in plan.facts.items() if fact.columns}
    for number, row in enumerate(plan.fields):
        yield from _one(("fields", number, "begins_as"), row.begins_as, lists, _("清单"))


def _of_parties(plan: MatterPlan) -> Iterator[Fault]:
    for number, row in enumerate(plan.parties):
        at: Path = ("parties", number)
        yield from _one((*at, "of"), row.of, plan.by_party, _("当事方"))
        yield from _each((*at, "not"), row.not_, plan.by_party, _("当事方"))
        yield from _one((*at, "named_by"), row.named_by, plan.facts, _("事实"))


def _of_states(plan: MatterPlan) -> Iterator[Fault]:
    for number, row in enumerate(plan.states):
        at: Path = ("states", number, "waits_for")
        yield from _one(at, row.waits_for, plan.by_party, _("当事方"))
        at = ("states", number, "unseen_by")
        yield from _one(at, row.unseen_by, plan.by_party, _("当事方"))


def _of_opening(plan: MatterPlan) -> Iterator[Fault]:
    opens = plan.opens
    yield from _each(("opens", "by"), opens.by, plan.by_party, _("当事方"))
    yield from _one(("opens", "state"), opens.state, plan.by_state, _("状态"))
    yield from _each(("opens", "needs"), opens.needs, plan.facts, _("事实"))
    yield from _each(("opens", "offers"), opens.offers, plan.facts, _("事实"))


def _of_steps(plan: MatterPlan) -> Iterator[Fault]:
    for number, row in enumerate(plan.transitions):
        at: Path = ("transitions", number)
        yield from _each((*at, "from"), row.from_, plan.by_state, _("状态"))
        yield from _one((*at, "to"), row.to, plan.by_state, _("状态"))
        yield from _each((*at, "by"), row.by, plan.by_party, _("当事方"))
        yield from _each((*at, "needs"), row.needs, plan.facts, _("事实"))
        yield from _each((*at, "offers"), row.offers, plan.facts, _("事实"))
        yield from _each((*at, "not_by_who_did"), row.not_by_who_did, plan.by_step, _("步骤"))
        yield from _each((*at, "assigns"), row.assigns, plan.by_party, _("当事方"))
        yield from _one((*at, "claims"), row.claims, plan.by_party, _("当事方"))
        yield from _one((*at, "moves_to"), row.moves_to, plan.by_party, _("当事方"))
        yield from _when(at, row.when, plan)
        yield from _of_follow_ups(at, row.opens, plan)


def _of_follow_ups(at: Path, rows: Iterable[Any], plan: MatterPlan) -> Iterator[Fault]:
    for number, row in enumerate(rows):
        here = (*at, "opens", number)
        yield from _one((*here, "each"), row.each, plan.facts, _("事实"))
        yield from _one((*here, "unit"), row.unit, {*plan.by_party, *plan.facts}, _("单位"))
        parties = row.parties.values()
        yield from _each((*here, "parties"), parties, plan.by_party, _("当事方"))
        listed = plan.facts.get(row.each or "")
        known = {*plan.facts, *(column.id for column in (listed.columns if listed else ()))}
        named = [row.title, *row.facts.values(), *([row.when.field] if row.when else [])]
        yield from _each((*here, "facts"), named, known, _("事实"))


def _of_deadlines(plan: MatterPlan) -> Iterator[Fault]:
    for number, row in enumerate(plan.deadlines):
        at: Path = ("deadlines", number)
        starts = (*at, "starts")
        yield from _one((*starts, "state"), row.starts.state, plan.by_state, _("状态"))
        yield from _one((*starts, "field"), row.starts.field, plan.facts, _("事实"))
        yield from _one((*at, "field"), row.field, plan.facts, _("事实"))
        yield from _each((*at, "ends"), row.ends, plan.by_state, _("状态"))
        yield from _each((*at, "renewed_by"), row.renewed_by, plan.by_step, _("步骤"))
        yield from _when(at, row.when, plan)
        for part in ("asked_by", "approved_by") if row.extension else ():
            named = getattr(row.extension, part)
            yield from _each((*at, "extension", part), named, plan.by_party, _("当事方"))


def _of_extras(plan: MatterPlan) -> Iterator[Fault]:
    if plan.split:
        yield from _each(("split", "by"), plan.split.by, plan.by_party, _("当事方"))
        yield from _one(("split", "party"), plan.split.party, plan.by_party, _("当事方"))
        yield from _each(("split", "in"), plan.split.in_, plan.by_state, _("状态"))
        yield from _one(("split", "then"), plan.split.then, plan.by_step, _("步骤"))
    if plan.similar_to:
        like = plan.similar_to
        yield from _one(("similar_to", "field"), like.field, plan.facts, _("事实"))
        yield from _one(("similar_to", "with"), like.with_, plan.facts, _("事实"))


def _of_satisfaction(plan: MatterPlan) -> Iterator[Fault]:
    asked = plan.satisfaction
    if asked is None:
        return
    at: Path = ("satisfaction",)
    yield from _one((*at, "field"), asked.field, plan.facts, _("事实"))
    yield from _one((*at, "of"), asked.of, plan.facts, _("事实"))
    fact = plan.facts.get(asked.field or "")
    known = {row.id for row in fact.choices} if fact else {*plan.facts}
    yield from _each((*at, "satisfied"), asked.satisfied, known, _("取值"))
    yield from _each((*at, "dissatisfied"), asked.dissatisfied, known, _("取值"))


def _of_measures(plan: MatterPlan) -> Iterator[Fault]:
    yield from _one(("measures", "since"), plan.measures.since, plan.by_step, _("步骤"))
    for number, row in enumerate(plan.measures.extra):
        for part in ("count", "of"):
            count = getattr(row, part)
            if count is None:
                continue
            at: Path = ("measures", "extra", number, part)
            yield from _each((*at, "state"), count.state, plan.by_state, _("状态"))
            yield from _each((*at, "step"), count.step, plan.by_step, _("步骤"))
            yield from _one((*at, "field"), count.field, plan.facts, _("事实"))
            yield from _one((*at, "on_time"), count.on_time, plan.by_deadline, _("时限"))


def name_faults(plan: MatterPlan) -> Iterator[Fault]:
    """Yield names that stand twice and names that lead nowhere."""
    for check in (
        _twice, _of_facts, _of_parties, _of_states, _of_opening, _of_steps, _of_deadlines,
        _of_extras, _of_satisfaction, _of_measures,
    ):  # fmt: skip
        yield from check(plan)
