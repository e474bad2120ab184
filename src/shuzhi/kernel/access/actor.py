"""Who acts: an account with the grants that hold today."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from .permissions import Permission


class Reach(StrEnum):
    """How far a grant goes from the unit at which it stands."""

    SELF = "self"  # what concerns the actor's own person
    OWN = "own"  # the unit itself
    SUBTREE = "subtree"  # the unit and all below it
    PARENT = "parent"  # the unit directly above
    ALL = "all"


@dataclass(frozen=True)
class Grant:
    """A permission with its reach at a place in the tree (`path`, and the path above it)."""

    permission: Permission
    reach: Reach
    path: str = ""
    parent_path: str = ""


@dataclass(frozen=True)
class Actor:
    """Whoever performs a verb; `person_id` is empty for accounts without a person."""

    account_id: int | None
    name: str
    person_id: int | None = None
    home_path: str = ""  # where the actor's principal appointment stands
    grants: tuple[Grant, ...] = field(default=(), repr=False)
    places: tuple[str, ...] = ()  # the paths of all units at which grants stand, as appointed

    def grants_of(self, permission: Permission) -> tuple[Grant, ...]:
        """Return the grants that carry `permission`, whatever their reach."""
        return tuple(grant for grant in self.grants if grant.permission is permission)

    def has(self, permission: Permission) -> bool:
        """Tell whether the actor holds `permission` anywhere (for navigation, never for access)."""
        return bool(self.grants_of(permission))

    def at(self, place: str) -> "Actor":
        """Return the actor with the grants of one unit alone; unchanged where they hold none."""
        if place not in self.places:
            return self
        kept = tuple(grant for grant in self.grants if grant.path == place)
        return replace(self, home_path=place, grants=kept)


SYSTEM = Actor(
    account_id=None,
    name="系统",
    grants=tuple(Grant(permission, Reach.ALL) for permission in Permission),
)
