"""Workflow: transition tables, and the single door through which a state changes."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .access import Actor, Permission, allows
from .audit import record
from .errors import ForbiddenError, MissingFactError, StateError
from .events import publish
from .writes import writing

M = TypeVar("M", bound=Model)
Guard = Callable[[Any, Actor, Mapping[str, Any]], None]  # raises RefusedError
Stamp = Callable[[Actor, Mapping[str, Any]], Any]
May = Callable[[Any, Actor], bool]
Effect = Callable[[Any, Actor, Mapping[str, Any]], None]
STALE = _("这一步现在不能做：情况已有变化，请刷新后再看。")
NOT_THEIRS = _("您没有办理这一步的权限。")


def now(_actor: Actor, _facts: Mapping[str, Any]) -> Any:
    """Stamp the moment."""
    return timezone.now()


def by(actor: Actor, _facts: Mapping[str, Any]) -> Any:
    """Stamp the account that acts."""
    return actor.account_id


def fact(name: str) -> Stamp:
    """Stamp a fact given with the step."""
    return lambda _actor, facts: facts[name]


@dataclass(frozen=True)
class Transition:
    """One legal step: from which states, to which, who may, what it needs and what it stamps.

    `requires` names the facts that must be given; as a mapping it says what people call them.
    `permission` may be a rule of the room's own instead (whose turn is it?); `condition` is asked
    of the object beside its state. `records` names the facts that the audit event repeats (a
    reason). `effects` are done once the state is saved, in the same transaction, and find the
    state left as the fact `before`; `announces` makes the typed event that is published once the
    step commits.
    """

    name: str
    label: str | Promise
    sources: frozenset[str]
    target: str
    permission: Permission | May
    requires: Collection[str] | Mapping[str, str | Promise] = ()
    guards: tuple[Guard, ...] = ()
    stamps: Mapping[str, Stamp] = field(default_factory=dict)
    records: tuple[str, ...] = ()
    announces: Callable[[Any], object] | None = None
    condition: Callable[[Any], bool] | None = None
    effects: tuple[Effect, ...] = ()

    def fact_label(self, name: str) -> str | Promise:
        """Return what people call a required fact."""
        return self.requires[name] if isinstance(self.requires, Mapping) else name

    def possible(self, obj: Model, state: str) -> bool:
        """Tell whether the step leads on from where `obj` stands."""
        return state in self.sources and (self.condition is None or self.condition(obj))

    def permits(self, obj: Model, actor: Actor) -> bool:
        """Tell whether `actor` may take the step on `obj`."""
        if isinstance(self.permission, Permission):
            return allows(actor, self.permission, obj)
        return self.permission(obj, actor)


@dataclass(frozen=True)
class Workflow:
    """The table of one kind of object; `event` prefixes its audit kinds ("poll" → "poll.open").

    Where steps are data, one kind stands for them all (`one_kind`) and the event names the step.
    """

    event: str
    transitions: tuple[Transition, ...]
    state_field: str = "state"
    one_kind: bool = False

    def __getitem__(self, name: str) -> Transition:
        for step in self.transitions:
            if step.name == name:
                return step
        raise KeyError(name)

    @property
    def states(self) -> list[str]:
        """Return every state that the table names, in its order."""
        found: dict[str, None] = {}
        for step in self.transitions:
            found |= dict.fromkeys((*sorted(step.sources), step.target))
        return list(found)


def available(flow: Workflow, obj: Model, actor: Actor) -> list[Transition]:
    """Return the steps that `actor` may take now; buttons come from here."""
    state = getattr(obj, flow.state_field)
    return [
        step for step in flow.transitions if step.possible(obj, state) and step.permits(obj, actor)
    ]


def _check(flow: Workflow, step: Transition, obj: Model, actor: Actor, facts: Any) -> None:
    if not step.possible(obj, getattr(obj, flow.state_field)):
        raise StateError(STALE)
    if not step.permits(obj, actor):
        raise ForbiddenError(NOT_THEIRS)
    for name in step.requires:
        if facts.get(name) in (None, ""):
            words = {"step": step.label, "fact": step.fact_label(name)}
            raise MissingFactError(_("办理“%(step)s”还缺少：%(fact)s") % words)
    for guard in step.guards:
        guard(obj, actor, facts)


def perform(flow: Workflow, obj: M, name: str, /, *, actor: Actor, **facts: Any) -> M:
    """Take one step: lock, source state, permission, facts, guards, stamps, audit, effects.

    Returns `obj` refreshed from the locked row. Raises `StateError`, `ForbiddenError`,
    `MissingFactError` or whatever a guard refuses with; then nothing has changed.
    """
    step = flow[name]
    with writing():
        locked = type(obj)._default_manager.select_for_update().get(pk=obj.pk)
        _check(flow, step, locked, actor, facts)
        before = getattr(locked, flow.state_field)
        setattr(locked, flow.state_field, step.target)
        for stamped, stamp in step.stamps.items():
            setattr(locked, stamped, stamp(actor, facts))
        locked.save(update_fields=[flow.state_field, *step.stamps])
        recorded = {key: facts[key] for key in step.records if key in facts}
        record(
            flow.event if flow.one_kind else f"{flow.event}.{name}",
            locked,
            actor=actor,
            before={flow.state_field: before},
            after={flow.state_field: step.target}
            | ({"step": name} if flow.one_kind else {})
            | recorded,
        )
        for effect in step.effects:
            effect(locked, actor, facts | {"before": before})
        if step.announces:
            publish(step.announces(locked))
    obj.refresh_from_db()
    return obj
