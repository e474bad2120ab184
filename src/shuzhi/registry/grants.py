"""Who acts with which reach today: appointments and grants turned into an actor."""

from django.db.models import Q
from django.utils import timezone

from shuzhi.kernel.access import Actor, Grant
from shuzhi.kernel.models import Account

from .enums import Role
from .models import Person, RoleGrant
from .roles import ROLES


def _expand(role_grant: RoleGrant) -> list[Grant]:
    unit = role_grant.appointment.unit
    above = unit.parent.path if unit.parent else ""
    return [
        Grant(permission, reach, unit.path, above)
        for reach, permissions in ROLES[Role(role_grant.role)].items()
        for permission in permissions
    ]


def grants_on(person: Person) -> list[RoleGrant]:
    """Return the grants of `person` that hold today, with their units."""
    today = timezone.localdate()
    holds = Q(since__lte=today) & (Q(until=None) | Q(until__gte=today))
    in_post = Q(appointment__since__lte=today) & (
        Q(appointment__until=None) | Q(appointment__until__gte=today)
    )
    rows = RoleGrant.objects.filter(holds & in_post, appointment__person=person)
    return list(rows.select_related("appointment__unit__parent").order_by("pk"))


def actor_of(account: Account) -> Actor:
    """Return the actor behind an account: its person, and what is granted today."""
    person = Person.objects.filter(account=account).first()
    if person is None:
        return Actor(account_id=account.pk, name=account.name)
    held = grants_on(person)
    return Actor(
        account_id=account.pk,
        name=person.name,
        person_id=person.pk,
        home_path=held[0].appointment.unit.path if held else "",
        grants=tuple(grant for row in held for grant in _expand(row)),
    )
