"""The rule: a grant reaches an object by the place and the person that the object names."""

from typing import Any, ClassVar, Protocol

from django.db.models import Model, Q

from .actor import Actor, Grant, Reach
from .permissions import Permission

# Not Q(): an empty condition vanishes when it is joined to another by "or".
EVERYTHING = ~Q(pk__in=())
PATH_END = "~"  # sorts after every character of a path


class Placed(Protocol):
    """A model that says where it stands, as lookups from itself.

    `access_path` leads to a unit's path ("unit__path"); `access_person` to a person's key
    ("person_id"), or is empty where nothing belongs to one person. What belongs to the whole site
    has an empty `access_path`: only a reach of all covers it.
    """

    access_path: ClassVar[str]
    access_person: ClassVar[str]


def below(lookup: str, path: str) -> Q:
    """Return the condition for what stands at the unit of `path` or below it, by an index."""
    return Q(**{f"{lookup}__gte": path, f"{lookup}__lt": path + PATH_END})


def _reaches(grant: Grant, actor: Actor, path: str, person_id: int | None) -> bool:
    match grant.reach:
        case Reach.ALL:
            return True
        case Reach.SUBTREE:
            return bool(path) and path.startswith(grant.path)
        case Reach.OWN:
            return bool(path) and path == grant.path
        case Reach.PARENT:
            return bool(grant.parent_path) and path == grant.parent_path
        case Reach.SELF:
            return person_id is not None and person_id == actor.person_id


def _rows(grant: Grant, actor: Actor, model: type[Any]) -> Q:
    path, person = model.access_path, model.access_person
    match grant.reach:
        case Reach.ALL:
            return EVERYTHING
        case Reach.SUBTREE if path:
            return below(path, grant.path)
        case Reach.OWN if path:
            return Q(**{path: grant.path})
        case Reach.PARENT if path and grant.parent_path:
            return Q(**{path: grant.parent_path})
        case Reach.SELF if person and actor.person_id is not None:
            return Q(**{person: actor.person_id})
        case _:
            return Q(pk__in=())


def _follow(obj: Any, lookup: str) -> Any:
    for name in lookup.split("__"):
        obj = getattr(obj, name, None)
    return obj


def allows(actor: Actor, permission: Permission, obj: Model) -> bool:
    """Tell whether `actor` may exercise `permission` on `obj` (a `Placed` model's row)."""
    place: Any = obj
    path = _follow(obj, place.access_path) or "" if place.access_path else ""
    person_id = _follow(obj, place.access_person) if place.access_person else None
    return any(_reaches(grant, actor, path, person_id) for grant in actor.grants_of(permission))


def visible(actor: Actor, permission: Permission, model: type[Model]) -> Q:
    """Return the condition for the rows of `model` on which `actor` may exercise `permission`."""
    rows = Q(pk__in=())
    for grant in actor.grants_of(permission):
        if grant.reach is Reach.ALL:
            return EVERYTHING
        rows |= _rows(grant, actor, model)
    return rows
