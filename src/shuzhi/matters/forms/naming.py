"""Units and people named as clerks name them, found among those whom a person works with."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor
from shuzhi.kernel.language import listed
from shuzhi.matters.schema import Party, PartyKind
from shuzhi.registry.queries import people_around, people_named, units_around, units_named

if TYPE_CHECKING:
    from shuzhi.registry.models import Person, Unit

_BETWEEN = re.compile(r"[\n;；、]+")
SUGGESTED = 20


class Around:
    """Whom an actor can name: the own unit, all below it and those above, and their people."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    @cached_property
    def units(self) -> "QuerySet[Unit]":
        return units_around(self.actor)

    @cached_property
    def people(self) -> "QuerySet[Person]":
        return people_around(self.actor)

    def find_units(self, typed: str) -> "list[Unit]":
        """Return the units with this code or name, at most two."""
        return units_named(self.units, typed)

    def find_people(self, typed: str) -> "list[Person]":
        """Return the people of this name, or of this name and unit, at most five."""
        return people_named(self.people, typed)

    def suggest(self, kind: str, typed: str) -> list[str]:
        """Return what may be meant by the beginning of a name."""
        if kind == "people":
            return [one.with_unit for one in self.people.filter(name__contains=typed)[:SUGGESTED]]
        named = Q(name__contains=typed) | Q(code__startswith=typed)
        return [f"{one.code} {one.name}" for one in self.units.filter(named)[:SUGGESTED]]


class Named(forms.TextInput):
    """Free text; suggestions come from the server while one types."""

    template_name = "matters/_named.html"
    kind = "units"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        found = super().get_context(name, value, attrs)
        found["widget"]["attrs"] |= {
            "list": f"{name}-list",
            "autocomplete": "off",
            "hx-get": reverse("matters:names", args=[self.kind]),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": "next datalist",
        }
        return found


class NamedPeople(Named):
    kind = "people"


class UnitField(forms.CharField):
    """A unit by code or name; gives the unit."""

    widget = Named

    def __init__(self, around: Around, **options: Any) -> None:
        options["help_text"] = options.get("help_text") or _("填代码、简称或全称")
        super().__init__(max_length=160, **options)
        self.around = around

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        return self.found(typed) if typed else None

    def found(self, typed: str) -> "Unit":
        """Return the one unit of this name."""
        found = self.around.find_units(typed)
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(_("“%(name)s”有几个，请改填代码。") % {"name": typed})
        raise forms.ValidationError(_("没有找到“%(name)s”，请填代码或全称。") % {"name": typed})


class PersonField(forms.CharField):
    """Somebody by name, with the unit behind it where the name is not enough; gives the person."""

    widget = NamedPeople

    def __init__(self, around: Around, **options: Any) -> None:
        hint = _("填姓名；有同名的，后面加单位：张伟（某某社区）")
        options["help_text"] = options.get("help_text") or hint
        super().__init__(max_length=160, **options)
        self.around = around

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        return self.found(typed) if typed else None

    def found(self, typed: str) -> "Person":
        """Return the one person of this name."""
        found = self.around.find_people(typed)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(
                _("没有找到“%(name)s”，请先在人员里登记。") % {"name": typed}
            )
        choices = listed(person.with_unit for person in found)
        raise forms.ValidationError(_("有几位同名，请写成：%(choices)s") % {"choices": choices})


class SeveralField(forms.CharField):
    """Several units or people, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, one: UnitField | PersonField, **options: Any) -> None:
        super().__init__(max_length=8000, **options)
        self.one = one

    def clean(self, value: Any) -> Sequence[Any]:
        typed = [name.strip() for name in _BETWEEN.split(super().clean(value) or "")]
        return list(dict.fromkeys(self.one.found(name) for name in typed if name))


def one_of(party: Party, around: Around, **options: Any) -> UnitField | PersonField:
    """Return the field that names somebody for a party."""
    kind = UnitField if party.kind is PartyKind.UNIT else PersonField
    return kind(around, label=str(party.label), **options)


def those_of(party: Party, around: Around, *, required: bool) -> forms.Field:
    """Return the field that names all of a party: one, or as many as there may be."""
    if not party.many:
        return one_of(party, around, required=required)
    words = {"label": str(party.label), "help_text": _("一行一个，填名称或代码")}
    return SeveralField(one_of(party, around), required=required, **words)
