"""Verbs on people: add, change."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.writes import verb
from shuzhi.registry.models import Person, Unit


def _facts(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "home": person.home.code,
        "phone": person.phone,
        "sort_as": person.sort_as,
    }


@verb
def add_person(
    *, actor: Actor, name: str, home: Unit, phone: str = "", sort_as: str = ""
) -> Person:
    """Register somebody in the unit `home`, in the order of strokes of the name."""
    require(actor, Permission.REGISTRY_MANAGE, home)
    if not name.strip():
        raise RefusedError(_("请填写姓名。"))
    person = Person(name=name.strip(), home=home, phone=phone, sort_as=sort_as)
    person.place_by_strokes()
    person.save()
    record("registry.person_added", person, actor=actor, after=_facts(person))
    return person


@verb
def change_person(
    *, actor: Actor, person: Person, name: str, home: Unit, phone: str, sort_as: str
) -> Person:
    """Correct what is known of a person, or note that they belong to another unit now."""
    require(actor, Permission.REGISTRY_MANAGE, person)
    require(actor, Permission.REGISTRY_MANAGE, home)
    before = _facts(person)
    person.name, person.home, person.phone, person.sort_as = name.strip(), home, phone, sort_as
    person.place_by_strokes()
    person.save(update_fields=["name", "home", "phone", "sort_as", "sort_key"])
    after = _facts(person)
    if after != before:
        record("registry.person_changed", person, actor=actor, before=before, after=after)
    return person
