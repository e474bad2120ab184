"""The county's tree: 31 committees, 450 branches, one town with 21 communities."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from shuzhi.kernel.access import SYSTEM
from shuzhi.registry.enums import UnitKind
from shuzhi.registry.services.units import create_unit

from .names import TRADES, place_names

if TYPE_CHECKING:
    from shuzhi.registry.models import Unit

COUNTY_NAME = "望舒县"
TOWN_NAME = "霁溪镇"
TOWNS, COMMUNITIES, BRANCHES = 14, 21, 450
TOWN_BRANCHES = 2  # below each community of the town
SINCE = date(2016, 7, 1)


@dataclass
class County:
    """What the following steps of the demo need of the tree."""

    root: "Unit"
    town: "Unit"
    committees: list["Unit"] = field(default_factory=list)
    communities: list["Unit"] = field(default_factory=list)


def _unit(code: str, name: str, kind: UnitKind, parent: "Unit | None", short: str = "") -> "Unit":
    return create_unit(
        actor=SYSTEM,
        code=code,
        name=name,
        short_name=short,
        kind=kind,
        parent=parent,
        since=SINCE,
    )


def _branches(parent: "Unit", count: int) -> None:
    for number in range(1, count + 1):
        name = f"{parent.short_name}第{number}党支部"
        _unit(f"{parent.code}-B{number:02}", name, UnitKind.BRANCH, parent)


def _towns(root: "Unit", places: Iterator[str]) -> Iterator["Unit"]:
    for number in range(2, TOWNS + 1):
        place = f"{next(places)}镇"
        yield _unit(f"T{number:02}", f"中共{place}委员会", UnitKind.TOWN, root, place)


def _organs(root: "Unit") -> Iterator["Unit"]:
    for number, trade in enumerate(TRADES, 1):
        yield _unit(f"C{number:02}", f"中共{trade}委员会", UnitKind.COMMITTEE, root, trade)


def _spread(total: int, places: int) -> list[int]:
    """Share `total` out over `places` as evenly as whole numbers allow."""
    return [total // places + (place < total % places) for place in range(places)]


def build_tree(random: Random) -> County:
    """Create every unit and return those that the story is about."""
    places = place_names(random)
    root = _unit("COUNTY", f"中共{COUNTY_NAME}委员会", UnitKind.COUNTY, None, COUNTY_NAME)
    town = _unit("TOWN", f"中共{TOWN_NAME}委员会", UnitKind.TOWN, root, TOWN_NAME)
    others = [*_towns(root, places), *_organs(root)]
    county = County(root, town, [town, *others])
    for number in range(1, COMMUNITIES + 1):
        place = f"{next(places)}社区"
        name = f"中共{place}总支部委员会"
        community = _unit(f"TOWN-{number:02}", name, UnitKind.COMMUNITY, town, place)
        county.communities.append(community)
        _branches(community, TOWN_BRANCHES)
    left = BRANCHES - COMMUNITIES * TOWN_BRANCHES
    for committee, count in zip(others, _spread(left, len(others)), strict=True):
        _branches(committee, count)
    return county
