"""Who acts with which reach today: appointments and grants turned into an actor."""

from functools import cache

from django.utils import timezone

from shuzhi.kernel.access import Actor, Grant, Permission, Reach, allows
from shuzhi.kernel.models import Account

from .enums import Role
from .models import Person, RoleGrant, Unit
from .policy import holds
from .roles import ROLES


@cache
def _pairs(role: str) -> tuple[tuple[Permission, Reach], ...]:
    table = ROLES[Role(role)].items()
    return tuple((permission, reach) for reach, row in table for permission in row)


def _expand(role_grant: RoleGrant) -> list[Grant]:
    unit = role_grant.appointment.unit
    above = unit.parent.path if unit.parent else ""
    return [
        Grant(permission, reach, unit.path, above) for permission, reach in _pairs(role_grant.role)
    ]


def grants_of(account: Account) -> list[RoleGrant]:
    """Return the grants of the account's person that hold today, with their units; one query."""
    rows = RoleGrant.objects.filter(
        holds(), holds(prefix="appointment__"), appointment__person__account=account
    )
    return list(
        rows.select_related("appointment__person", "appointment__unit__parent").order_by("pk")
    )


def holders(permission: Permission, unit: Unit) -> list[Person]:
    """Return the people with an active account who may exercise `permission` on `unit` today."""
    roles = [role for role in Role if permission in {p for p, _reach in _pairs(role)}]
    rows = RoleGrant.objects.filter(
        holds(),
        holds(prefix="appointment__"),
        role__in=roles,
        appointment__person__account__is_active=True,
    ).select_related("appointment__person", "appointment__unit__parent")
    return [
        row.appointment.person
        for row in rows
        if allows(Actor(account_id=None, name="", grants=tuple(_expand(row))), permission, unit)
    ]


def actor_of(account: Account) -> Actor:
    """Return the actor behind an account: its person, and what is granted today.

    One query for whoever holds a grant, two for others. An expired account may do nothing.
    """
    if account.expires_at is not None and account.expires_at <= timezone.now():
        return Actor(account_id=account.pk, name=account.name)
    held = grants_of(account)
    if held:
        person: Person | None = held[0].appointment.person
    else:
        person = Person.objects.filter(account=account).first()
    if person is None:
        return Actor(account_id=account.pk, name=account.name)
    return Actor(
        account_id=account.pk,
        name=person.name,
        person_id=person.pk,
        home_path=held[0].appointment.unit.path if held else "",
        grants=tuple(grant for row in held for grant in _expand(row)),
        places=tuple(dict.fromkeys(row.appointment.unit.path for row in held)),
    )
