"""The rule gives the same answer for one object and for rows, whatever the tree and the grants."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuzhi.kernel.access import (
    Actor,
    Grant,
    Permission,
    Reach,
    allows,
    load,
    load_or_none,
    require,
    visible,
)
from shuzhi.kernel.access.rule import PATH_END
from shuzhi.kernel.errors import ForbiddenError
from shuzhi.kernel.models import CalendarDay
from shuzhi.registry.enums import UnitKind
from shuzhi.registry.models import Person, Unit

pytestmark = pytest.mark.django_db
PERMISSIONS = (Permission.REGISTRY_VIEW, Permission.REGISTRY_MANAGE)

# A tree as a list of parents: unit i hangs below unit tree[i] (< i), the first is the root.
trees = st.lists(st.integers(0, 10**6), max_size=9)


def _plant(parents: list[int]) -> list[Unit]:
    """Make the units of a tree, each path one step below its parent's."""
    units: list[Unit] = []
    children: dict[int | None, int] = {}
    for number, drawn in enumerate([None, *parents]):
        above = None if drawn is None else drawn % number
        children[above] = children.get(above, 0) + 1
        parent = None if above is None else units[above]
        path = f"{parent.path if parent else ''}{children[above]:04d}"
        units.append(
            Unit.objects.create(
                code=f"U{number}",
                name=f"U{number}",
                short_name=f"U{number}",
                kind=UnitKind.BRANCH,
                parent=parent,
                path=path,
            )
        )
    return units


@st.composite
def _grants(draw: st.DrawFn, units: list[Unit]) -> tuple[Grant, ...]:
    def grant() -> Grant:
        unit = draw(st.sampled_from(units))
        return Grant(
            draw(st.sampled_from(PERMISSIONS)),
            draw(st.sampled_from(Reach)),
            unit.path,
            unit.parent.path if unit.parent else "",
        )

    return tuple(grant() for _ in range(draw(st.integers(0, 3))))


def _agree(actor: Actor, model: type[Any]) -> None:
    for permission in PERMISSIONS:
        rows = set(model.objects.filter(visible(actor, permission, model)))
        one_by_one = {row for row in model.objects.all() if allows(actor, permission, row)}
        assert rows == one_by_one


@given(trees, st.data())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_rows_and_objects_agree(parents: list[int], data: st.DataObject) -> None:
    with transaction.atomic():
        units = _plant(parents)
        people = [Person.objects.create(name=f"P{at}", home=unit) for at, unit in enumerate(units)]
        self_or_nobody = data.draw(st.sampled_from([None, *(person.pk for person in people)]))
        grants = data.draw(_grants(units))
        actor = Actor(account_id=1, name="x", person_id=self_or_nobody, grants=grants)
        for model in (Unit, Person, CalendarDay):
            _agree(actor, model)
        transaction.set_rollback(True)


def _actor(*grants: Grant, person: int | None = None) -> Actor:
    return Actor(account_id=1, name="x", person_id=person, grants=grants)


def _view(reach: Reach, unit: Unit) -> Grant:
    above = unit.parent.path if unit.parent else ""
    return Grant(Permission.REGISTRY_VIEW, reach, unit.path, above)


@pytest.mark.parametrize(
    ("reach", "seen"),
    [
        (Reach.OWN, {"U1"}),
        (Reach.SUBTREE, {"U1", "U3", "U4"}),
        (Reach.PARENT, {"U0"}),
        (Reach.ALL, {"U0", "U1", "U2", "U3", "U4", "U5"}),
        (Reach.SELF, set()),
    ],
)
def test_what_each_reach_covers(reach: Reach, seen: set[str]) -> None:
    units = _plant([0, 0, 1, 3, 2])  # U1 and U2 below U0, U3 below U1, U4 below U3, U5 below U2
    actor = _actor(_view(reach, units[1]))
    rows = Unit.objects.filter(visible(actor, Permission.REGISTRY_VIEW, Unit))
    assert {unit.code for unit in rows} == seen


def test_a_sibling_with_a_like_path_is_not_below() -> None:
    """Path 0001.0010 does not lie below 0001.0001, though both begin alike."""
    units = _plant([0] * 12)
    actor = _actor(_view(Reach.SUBTREE, units[1]))
    assert [unit for unit in units if allows(actor, Permission.REGISTRY_VIEW, unit)] == [units[1]]
    assert all(character < PATH_END for unit in units for character in unit.path)


def test_without_a_grant_nothing_is_seen() -> None:
    unit = _plant([])[0]
    nobody = _actor()
    assert not allows(nobody, Permission.REGISTRY_VIEW, unit)
    assert load_or_none(Unit.objects.all(), nobody, Permission.REGISTRY_VIEW, pk=unit.pk) is None


def test_a_loader_tells_outside_from_not_permitted() -> None:
    units = _plant([0, 0])
    actor = _actor(_view(Reach.OWN, units[1]))
    see, do = PERMISSIONS
    assert load(Unit.objects.all(), actor, see, pk=units[1].pk) == units[1]
    with pytest.raises(Http404):
        load(Unit.objects.all(), actor, see, pk=units[2].pk)
    with pytest.raises(PermissionDenied):
        load(Unit.objects.all(), actor, see, do, pk=units[1].pk)


def test_own_person_only() -> None:
    home = _plant([])[0]
    first, second = (Person.objects.create(name=name, home=home) for name in "甲乙")
    actor = _actor(_view(Reach.SELF, home), person=first.pk)
    rows = Person.objects.filter(visible(actor, Permission.REGISTRY_VIEW, Person))
    assert list(rows) == [first]
    assert not allows(actor, Permission.REGISTRY_VIEW, second)


def test_require_refuses() -> None:
    unit = _plant([])[0]
    with pytest.raises(ForbiddenError):
        require(_actor(), Permission.REGISTRY_VIEW, unit)


def test_a_reach_over_all_survives_being_joined_by_or() -> None:
    unit = Unit.objects.create(code="U", name="U", short_name="U", kind="branch", path="0001")
    actor = Actor(1, "全", grants=(Grant(Permission.REGISTRY_VIEW, Reach.ALL),))
    rows = Unit.objects.filter(
        visible(actor, Permission.REGISTRY_MANAGE, Unit)
        | visible(actor, Permission.REGISTRY_VIEW, Unit)
    )
    assert list(rows) == [unit]
