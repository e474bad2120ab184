"""How the pages fetch what they show: outside reach 404, inside but not permitted 403."""

from shuzhi.kernel.access import Permission, load
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.registry.models import Appointment, Person, RoleGrant, Unit

VIEW = Permission.REGISTRY_VIEW
MANAGE = Permission.REGISTRY_MANAGE


def load_unit(request: ActorRequest, unit: str, do: Permission | None = None) -> Unit:
    """Return the unit with this public id."""
    rows = Unit.objects.select_related("parent", "guide")
    return load(rows, request.actor, VIEW, do, public_id=unit)


def load_person(request: ActorRequest, person: str, do: Permission | None = None) -> Person:
    """Return the person with this public id."""
    rows = Person.objects.select_related("home", "account")
    return load(rows, request.actor, VIEW, do, public_id=person)


def load_post(request: ActorRequest, post: int, do: Permission) -> Appointment:
    """Return the post with this key."""
    rows = Appointment.objects.select_related("person", "unit")
    return load(rows, request.actor, VIEW, do, pk=post)


def load_grant(request: ActorRequest, grant: int) -> RoleGrant:
    """Return the grant with this key; only whoever manages grants may."""
    rows = RoleGrant.objects.select_related("appointment__person", "appointment__unit")
    return load(rows, request.actor, VIEW, Permission.GRANT_MANAGE, pk=grant)
