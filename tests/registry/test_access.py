"""Grants become an actor whose reach agrees in both directions."""

import pytest

from shuzhi.kernel.access import Permission, allows, visible
from shuzhi.registry.models import Unit
from tests.cast import Cast

PARTS = ("commissioner", "leader", "secretary1", "desk", "organiser", "outsider", "audit")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("permission", [Permission.REGISTRY_VIEW, Permission.REVIEW_VIEW])
def test_rule_and_rows_agree(cast: Cast, part: str, permission: Permission) -> None:
    actor = cast.actor(part)
    rows = set(Unit.objects.filter(visible(actor, permission, Unit)))
    assert rows == {unit for unit in Unit.objects.all() if allows(actor, permission, unit)}


def test_a_commissioner_reaches_the_own_town_and_no_other(cast: Cast) -> None:
    actor = cast.actor("commissioner")
    assert allows(actor, Permission.REGISTRY_MANAGE, cast.communities[0])
    assert not allows(actor, Permission.REGISTRY_MANAGE, cast.units["OTHER"])
