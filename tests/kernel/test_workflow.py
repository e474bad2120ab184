"""One door for every change of state: it locks, asks, stamps, records and tells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from shuzhi.kernel.access import SYSTEM, Actor, Permission
from shuzhi.kernel.audit import EventKind, register_events
from shuzhi.kernel.errors import ForbiddenError, MissingFactError, RefusedError, StateError
from shuzhi.kernel.events import on
from shuzhi.kernel.models import AuditEvent
from shuzhi.kernel.workflow import Transition, Workflow, available, by, fact, perform
from shuzhi.registry.models import Unit
from tests.cast import Cast
from tests.workflows import cases, unreachable, walk

register_events(EventKind(f"test-unit.{name}", name) for name in ("found", "close", "reopen"))


@dataclass(frozen=True)
class Founded:
    name: str


def _not_the_root(unit: Unit, _actor: Actor, _facts: Mapping[str, Any]) -> None:
    if unit.parent_id is None:
        raise RefusedError("the root stays")


# A flow over a field that units have anyway, so that no table is needed for the test alone.
FLOW = Workflow(
    "test-unit",
    (
        Transition(
            "found",
            "成立",
            frozenset({"planned"}),
            "standing",
            Permission.REGISTRY_MANAGE,
            requires={"name": "名称"},
            stamps={"name": fact("name")},
            records=("name",),
            announces=lambda unit: Founded(unit.name),
        ),
        Transition(
            "close",
            "撤销",
            frozenset({"standing"}),
            "closed",
            Permission.REGISTRY_MANAGE,
            guards=(_not_the_root,),
        ),
        Transition(
            "reopen",
            "恢复",
            frozenset({"closed", "planned"}),
            "standing",
            Permission.REGISTRY_MANAGE,
        ),
    ),
    state_field="short_name",
)
founded: list[str] = []


@on(Founded)
def _hear(event: Founded) -> None:
    founded.append(event.name)


def _unit(cast: Cast, state: str) -> Unit:
    unit = cast.communities[0]
    Unit.objects.filter(pk=unit.pk).update(short_name=state)
    unit.refresh_from_db()
    return unit


@pytest.mark.parametrize(("state", "step"), cases(FLOW))
def test_every_state_and_step(cast: Cast, state: str, step: str) -> None:
    actor = cast.actor("commissioner")
    walk(FLOW, lambda start: _unit(cast, start), state, step, actor=actor, facts={"name": "新"})


def test_every_state_can_be_reached() -> None:
    assert list(unreachable(FLOW, "planned")) == []
    assert list(unreachable(replace(FLOW, transitions=FLOW.transitions[1:2]), "closed"))


def test_a_step_stamps_records_and_tells(
    cast: Cast, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    founded.clear()
    unit = _unit(cast, "planned")
    with django_capture_on_commit_callbacks(execute=True):
        perform(FLOW, unit, "found", actor=cast.actor("commissioner"), name="新社区")
    assert (unit.name, unit.short_name) == ("新社区", "standing")
    event = AuditEvent.objects.get(kind="test-unit.found")
    assert event.before == {"short_name": "planned"}
    assert event.after == {"short_name": "standing", "name": "新社区"}
    assert event.actor_id == cast.account("commissioner").pk
    assert founded == ["新社区"]


def _assert_nothing_happened(unit: Unit, state: str) -> None:
    unit.refresh_from_db()
    assert unit.short_name == state
    assert not AuditEvent.objects.filter(kind__startswith="test-unit").exists()


def test_a_missing_fact_is_asked_for_in_words(cast: Cast) -> None:
    unit = _unit(cast, "planned")
    with pytest.raises(MissingFactError, match=r"成立.*名称"):
        perform(FLOW, unit, "found", actor=cast.actor("commissioner"), name="")
    _assert_nothing_happened(unit, "planned")


def test_who_may_not_is_refused_and_offered_no_button(cast: Cast) -> None:
    unit = _unit(cast, "planned")
    for part in ("outsider", "secretary1", "audit"):
        assert available(FLOW, unit, cast.actor(part)) == []
        with pytest.raises(ForbiddenError):
            perform(FLOW, unit, "found", actor=cast.actor(part), name="x")
    _assert_nothing_happened(unit, "planned")


def test_a_guard_stops_the_step(cast: Cast) -> None:
    Unit.objects.filter(pk=cast.county.pk).update(short_name="standing")
    with pytest.raises(RefusedError, match="root"):
        perform(FLOW, cast.county, "close", actor=SYSTEM)
    _assert_nothing_happened(cast.county, "standing")


def test_a_stale_copy_does_not_help(cast: Cast) -> None:
    stale = _unit(cast, "standing")
    perform(FLOW, _unit(cast, "standing"), "close", actor=SYSTEM)
    with pytest.raises(StateError, match="刷新"):
        perform(FLOW, stale, "close", actor=SYSTEM)


def test_an_unknown_step_is_an_error(cast: Cast) -> None:
    with pytest.raises(KeyError, match="fly"):
        perform(FLOW, cast.town, "fly", actor=SYSTEM)


def test_stamping_who_acts() -> None:
    assert by(Actor(account_id=7, name="x"), {}) == 7
