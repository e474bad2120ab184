"""How views fetch objects: outside reach it does not exist (404), inside but not permitted 403."""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404

from shuzhi.kernel.errors import ForbiddenError

from .actor import Actor
from .permissions import Permission
from .rule import allows, visible

M = TypeVar("M", bound=Model)


def load_or_none(rows: QuerySet[M], actor: Actor, see: Permission, **lookup: object) -> M | None:
    """Return the one row within the actor's reach, or None."""
    return rows.filter(visible(actor, see, rows.model), **lookup).first()


def load(
    rows: QuerySet[M],
    actor: Actor,
    see: Permission,
    do: Permission | None = None,
    **lookup: object,
) -> M:
    """Return the row; raise 404 if it is outside the reach of `see`, 403 if `do` is not allowed."""
    obj = load_or_none(rows, actor, see, **lookup)
    if obj is None:
        raise Http404
    if do is not None and not allows(actor, do, obj):
        raise PermissionDenied
    return obj


def require(actor: Actor, permission: Permission, obj: Model) -> None:
    """Refuse what the actor may not do to `obj`; the last line of defence, in services."""
    if not allows(actor, permission, obj):
        raise ForbiddenError(f"{permission} is not granted for this object")
