"""Rows of people: matched by number, else by name and unit."""

import re

from django.utils.translation import gettext_lazy as _

from shuzhi.registry.models import Person

from .known import Known
from .model import Line, Part

_PHONE = re.compile(r"[0-9 +-]{5,20}")


def _now(person: Person) -> dict[str, object]:
    return {
        "name": person.name,
        "home": person.home.code,
        "phone": person.phone,
        "sort_as": person.sort_as,
    }


def _find(line: Line, known: Known) -> Person | None:
    number, name, home = (line.values[key] for key in ("number", "name", "home"))
    if number:
        if number not in known.people:
            line.wrong("number", _("没有这个编号；新增人员请留空"))
        return known.people.get(number)
    same = [person for person in known.by_name.get(name, ()) if person.home.code == home]
    if len(same) > 1:
        line.wrong("number", _("这个组织有 %(n)d 位同名，请填写人员编号") % {"n": len(same)})
    return same[0] if len(same) == 1 else None


def codes_after(units: Part, known: Known) -> set[str]:
    """Return the codes of units that stand after the import."""
    return known.units.keys() | {line.values["code"] for line in units.added}


def plan_people(part: Part, units: Part, known: Known) -> None:
    """Match and check the rows of people."""
    codes = codes_after(units, known)
    seen: dict[object, int] = {}
    for line in part.lines:
        values = line.values
        person = _find(line, known)
        if values["home"] is not None and values["home"] not in codes:
            line.wrong("home", _("没有代码为“%(code)s”的组织") % {"code": values["home"]})
        if values["phone"] and not _PHONE.fullmatch(values["phone"]):
            line.wrong("phone", _("应填电话号码，例如 13800000000"))
        who = person.pk if person else (values["name"], values["home"])
        if who in seen:
            line.wrong("name", _("与第 %(row)d 行是同一个人") % {"row": seen[who]})
        seen.setdefault(who, line.row)
        if person:
            line.target = person.pk
            line.differ(_now(person))
        else:
            values |= {"phone": values["phone"] or "", "sort_as": values["sort_as"] or ""}
