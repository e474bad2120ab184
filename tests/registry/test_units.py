"""The tree: places, moves, ends."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from shuzhi.kernel.access import SYSTEM
from shuzhi.kernel.errors import ForbiddenError, RefusedError
from shuzhi.kernel.models import AuditEvent
from shuzhi.registry import queries, services
from shuzhi.registry.models import Unit
from shuzhi.registry.paths import number_of, parents, step
from tests.cast import Cast


@given(st.integers(1, 36**4 - 1), st.integers(1, 36**4 - 1))
def test_steps_sort_as_their_numbers(first: int, second: int) -> None:
    assert number_of(step(first)) == first
    assert (step(first) < step(second)) == (first < second)


def test_too_many_siblings_are_an_error() -> None:
    with pytest.raises(ValueError, match="siblings"):
        step(36**4)


def test_parents_of_a_path() -> None:
    assert parents("000100020003") == ["0001", "00010002"]


def test_a_new_unit_stands_below_its_parent(cast: Cast) -> None:
    town = cast.units["TOWN"]
    unit = services.create_unit(
        actor=cast.actor("commissioner"), code="TOWN-04", name="南湾", kind="community", parent=town
    )
    assert unit.path == town.path + "0004"
    assert unit.short_name == "南湾"
    assert AuditEvent.objects.get(kind="registry.unit_created", subject_id=str(unit.pk))


def test_a_code_is_used_once(cast: Cast) -> None:
    with pytest.raises(RefusedError, match="TOWN-01"):
        services.create_unit(
            actor=SYSTEM, code="TOWN-01", name="x", kind="branch", parent=cast.units["OTHER"]
        )


def test_outside_the_own_subtree_is_forbidden(cast: Cast) -> None:
    with pytest.raises(ForbiddenError):
        services.create_unit(
            actor=cast.actor("commissioner"),
            code="OTHER-02",
            name="x",
            kind="branch",
            parent=cast.units["OTHER"],
        )


def test_renaming_keeps_the_old_name_on_record(cast: Cast) -> None:
    unit = cast.units["TOWN-01"]
    services.rename_unit(actor=cast.actor("commissioner"), unit=unit, name="临江社区党委")
    event = AuditEvent.objects.get(kind="registry.unit_changed")
    assert event.before["name"] == "第1社区党工委"
    assert event.after["name"] == "临江社区党委"


def test_a_move_takes_the_subtree_along(cast: Cast) -> None:
    town, other = cast.units["TOWN"], cast.units["OTHER"]
    services.move_unit(actor=SYSTEM, unit=town, parent=other)
    moved = Unit.objects.get(code="TOWN-02")
    assert moved.path.startswith(Unit.objects.get(code="TOWN").path)
    assert moved.path.startswith(other.path)
    assert {unit.code for unit in queries.subtree(other)} == {
        "OTHER",
        "TOWN",
        "TOWN-01",
        "TOWN-02",
        "TOWN-03",
    }


@pytest.mark.parametrize("below", [1, 30])
def test_a_move_costs_the_same_for_any_size(cast: Cast, below: int) -> None:
    town = cast.units["TOWN"]
    Unit.objects.bulk_create(
        Unit(code=f"B{n}", name=f"b{n}", kind="branch", parent=town, path=town.path + step(n + 50))
        for n in range(below)
    )
    with CaptureQueriesContext(connection) as spent:
        services.move_unit(actor=SYSTEM, unit=town, parent=cast.units["OTHER"])
    writes = [q for q in spent.captured_queries if q["sql"].startswith('UPDATE "registry_unit"')]
    assert len(writes) == 2


@pytest.mark.parametrize("target", ["TOWN", "TOWN-01"])
def test_no_unit_under_itself(cast: Cast, target: str) -> None:
    with pytest.raises(RefusedError, match="自己"):
        services.move_unit(actor=SYSTEM, unit=cast.units["TOWN"], parent=cast.units[target])


def test_the_tree_has_a_bottom(cast: Cast) -> None:
    unit = cast.units["TOWN-01"]
    for level in range(13):
        unit = services.create_unit(
            actor=SYSTEM, code=f"L{level}", name="x", kind="branch", parent=unit
        )
    with pytest.raises(RefusedError, match="16"):
        services.create_unit(actor=SYSTEM, code="L13", name="x", kind="branch", parent=unit)
    with pytest.raises(RefusedError, match="16"):
        services.move_unit(actor=SYSTEM, unit=cast.units["TOWN-01"], parent=cast.units["TOWN-02"])


def test_abolishing_waits_for_posts_and_units_below(cast: Cast) -> None:
    with pytest.raises(RefusedError, match="3 个下级组织"):
        services.abolish_unit(actor=SYSTEM, unit=cast.units["TOWN"], until=date(2026, 7, 1))
    with pytest.raises(RefusedError, match="1 人在任"):
        services.abolish_unit(actor=SYSTEM, unit=cast.units["TOWN-01"], until=date(2026, 7, 1))


def test_an_abolished_unit_is_gone_from_that_day(cast: Cast) -> None:
    other = cast.units["OTHER"]
    unit = services.create_unit(
        actor=SYSTEM, code="OTHER-01", name="石门", kind="community", parent=other
    )
    services.abolish_unit(actor=SYSTEM, unit=unit, until=date(2026, 7, 1))
    assert list(queries.children(other, on=date(2026, 6, 30))) == [unit]
    assert list(queries.children(other, on=date(2026, 7, 1))) == []
    assert [above.code for above in queries.ancestors(unit)] == ["COUNTY", "OTHER"]
