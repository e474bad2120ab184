"""Walk a workflow's table: every state × every transition does what the table says."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from shuzhi.kernel.access import Actor
from shuzhi.kernel.errors import StateError
from shuzhi.kernel.workflow import Workflow, available, perform


def cases(flow: Workflow) -> list[tuple[str, str]]:
    """Return every pair of a state and a transition, for `pytest.mark.parametrize`."""
    return [(state, step.name) for state in flow.states for step in flow.transitions]


def walk(
    flow: Workflow,
    make: Callable[[str], Model],
    state: str,
    name: str,
    *,
    actor: Actor,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Take step `name` in `state`: legal ones reach their target, others change nothing.

    `make(state)` returns a stored object in that state on which every guard is content.
    """
    obj, step = make(state), flow[name]
    legal = state in step.sources
    assert (step in available(flow, obj, actor)) == legal
    if legal:
        perform(flow, obj, name, actor=actor, **(facts or {}))
    else:
        with pytest.raises(StateError):
            perform(flow, obj, name, actor=actor, **(facts or {}))
    obj.refresh_from_db()
    assert getattr(obj, flow.state_field) == (step.target if legal else state)


def unreachable(flow: Workflow, start: str) -> Iterator[str]:
    """Yield the states to which no way leads from `start`."""
    reached, waiting = {start}, [start]
    while waiting:
        state = waiting.pop()
        new = {t.target for t in flow.transitions if state in t.sources} - reached
        reached |= new
        waiting += new
    yield from (state for state in flow.states if state not in reached)


def assert_database_refuses(flow: Workflow, obj: Model, state: str = "nonsense") -> None:
    """Check that the database itself holds only the states of the table."""
    rows = type(obj)._base_manager.filter(pk=obj.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**{flow.state_field: state})
