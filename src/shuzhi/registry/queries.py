"""What others may ask the registry."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from shuzhi.kernel.access import Actor, Permission, Reach, visible
from shuzhi.kernel.access.rule import below
from shuzhi.kernel.workflow import Transition, available

from .enums import PeriodState, Role
from .grants import holders
from .models import Appointment, Period, Person, RoleGrant, Unit
from .paths import parents
from .policy import alive, holds
from .roles import ROLES
from .workflow import PERIOD

__all__ = [
    "acting_in",
    "ancestors",
    "any_unit",
    "children",
    "current_period",
    "grants_held",
    "holders",
    "home_of",
    "is_open",
    "next_year",
    "people_around",
    "people_at",
    "people_in",
    "people_known",
    "people_named",
    "period",
    "periods",
    "person_by_public_id",
    "person_of",
    "post_title",
    "posts_in",
    "posts_of",
    "secretaries_of",
    "secretary_of",
    "subtree",
    "unit_at",
    "unit_by_code",
    "unit_name",
    "unit_names",
    "units_around",
    "units_at",
    "units_coded",
    "units_named",
    "years_open",
]
_BRACKET = re.compile(r"[(（]")


def unit_by_code(code: str) -> Unit | None:
    """Return the unit with this code, as people type it."""
    return Unit.objects.filter(code=code.strip()).first()


def any_unit() -> bool:
    """Tell whether the tree holds anything."""
    return Unit.objects.exists()


def unit_at(path: str) -> Unit:
    """Return the unit that stands at `path`."""
    return Unit.objects.get(path=path)


def units_at(paths: Iterable[str]) -> dict[str, Unit]:
    """Return the units that stand at `paths`, by path; one query."""
    return {unit.path: unit for unit in Unit.objects.filter(path__in=set(paths))}


def person_by_public_id(key: str) -> Person | None:
    """Return the person with this public id."""
    return Person.objects.filter(public_id=key).first()


def person_of(actor: Actor) -> Person | None:
    """Return the person behind an actor, if it is one."""
    return Person.objects.filter(pk=actor.person_id).first() if actor.person_id else None


def post_title(person_id: int | None, unit: Unit | None) -> str:
    """Return the post that somebody holds in `unit` today, as it stands on paper."""
    if person_id is None or unit is None:
        return ""
    rows = Appointment.objects.filter(holds(), person_id=person_id, unit=unit)
    return rows.values_list("post", flat=True).first() or ""


def acting_in(permission: Permission, units: Iterable[int]) -> dict[int, list[Person]]:
    """Return, by the unit's key, who may exercise a permission of reach `own` there; one query."""
    roles = [role for role, table in ROLES.items() if permission in table.get(Reach.OWN, ())]
    rows = RoleGrant.objects.filter(
        holds(),
        holds(prefix="appointment__"),
        role__in=roles,
        appointment__unit__in=set(units),
        appointment__person__account__is_active=True,
    )
    found: dict[int, list[Person]] = {}
    for row in rows.select_related("appointment__person").order_by("pk"):
        people = found.setdefault(row.appointment.unit_id, [])
        if row.appointment.person not in people:
            people.append(row.appointment.person)
    return found


def unit_name(path: str) -> str:
    """Return the name of the unit that stands at `path`, or nothing."""
    return Unit.objects.filter(path=path).values_list("name", flat=True).first() or ""


def name_in_reach(actor: Actor, path: str) -> str:
    """Return the name of the unit at `path` if the actor may see the unit, or nothing."""
    within = Unit.objects.filter(visible(actor, Permission.REGISTRY_VIEW, Unit), path=path)
    return within.values_list("name", flat=True).first() or ""


def unit_names(paths: Iterable[str]) -> list[tuple[str, str]]:
    """Return path and name of the units that stand at `paths`, in tree order."""
    rows = Unit.objects.filter(path__in=list(paths)).order_by("path")
    return list(rows.values_list("path", "name"))


def temporary_accounts(unit: Unit, role: Role) -> list[tuple[str, datetime]]:
    """Return whose temporary accounts with `role` in the unit are good, and until when."""
    rows = Person.objects.filter(
        temporary=True,
        appointments__unit=unit,
        appointments__grants__role=role,
        account__expires_at__gt=timezone.now(),
    )
    found = rows.order_by("account__expires_at", "pk").values_list("name", "account__expires_at")
    return [(name, until) for name, until in found if until]


def home_of(actor: Actor) -> Unit | None:
    """Return the unit in which the actor's first granted post stands."""
    path = actor.home_path
    return Unit.objects.filter(path=path).first() if path else None


def subtree(unit: Unit, on: date | None = None) -> QuerySet[Unit]:
    """Return `unit` and the units below it that exist on the day (today), in tree order."""
    return Unit.objects.filter(alive(on), below("path", unit.path))


def units_around(actor: Actor) -> QuerySet[Unit]:
    """Return the units that an actor can name: the own one, those below it and those above."""
    path = actor.home_path
    if not path:
        return Unit.objects.none()
    near = below("path", path) | Q(path__in=parents(path))
    return Unit.objects.filter(alive(), near).order_by("path")


def units_named(rows: QuerySet[Unit], typed: str) -> list[Unit]:
    """Return those of `rows` that have this code or name, at most two: one is meant, or none."""
    code = typed.split(" ", maxsplit=1)[0]
    return list(rows.filter(Q(code=code) | Q(name=typed) | Q(short_name=typed))[:2])


def people_named(rows: QuerySet[Person], typed: str) -> list[Person]:
    """Return at most five of `rows` that are called so, or so in a unit: 张伟（槐荫社区）."""
    name, unit = [*_BRACKET.split(typed.rstrip(")）"), maxsplit=1), ""][:2]
    rows = rows.filter(name=name.strip())
    if unit:
        rows = rows.filter(Q(home__name=unit) | Q(home__short_name=unit) | Q(home__code=unit))
    return list(rows[:5])


def people_around(actor: Actor) -> QuerySet[Person]:
    """Return the people at home in the units that an actor can name."""
    rows = Person.objects.filter(home__in=units_around(actor), temporary=False)
    return rows.select_related("home")


def units_coded(codes: Iterable[str]) -> dict[str, Unit]:
    """Return units by their codes; one query."""
    return {unit.code: unit for unit in Unit.objects.filter(code__in=set(codes))}


def names_of_units(given: Iterable[str]) -> set[str]:
    """Return those of the given words that name a unit: in full, for short or by its code."""
    words = set(given)
    rows = Unit.objects.filter(Q(name__in=words) | Q(short_name__in=words) | Q(code__in=words))
    return words & {word for row in rows.values_list("name", "short_name", "code") for word in row}


def people_known(keys: Iterable[str]) -> dict[str, Person]:
    """Return people by their public ids; one query."""
    return {one.public_id: one for one in Person.objects.filter(public_id__in=set(keys))}


def children(unit: Unit, kind: str | None = None, on: date | None = None) -> QuerySet[Unit]:
    """Return the units directly below that exist on the day, in the order people list them."""
    rows = Unit.objects.filter(alive(on), parent=unit).order_by("position", "path")
    return rows.filter(kind=kind) if kind else rows


def ancestors(unit: Unit) -> QuerySet[Unit]:
    """Return the units above, the root first."""
    return Unit.objects.filter(path__in=parents(unit.path)).order_by("path")


def secretaries_of(units: Iterable[Unit], on: date | None = None) -> dict[int, Appointment]:
    """Return, by the unit's key, the post of the secretary of each unit; one query."""
    rows = Appointment.objects.filter(holds(on), leads=True, unit__in=list(units))
    return {row.unit_id: row for row in rows.select_related("person", "unit")}


def secretary_of(unit: Unit, on: date | None = None) -> Person | None:
    """Return the secretary of the unit on the day (today), if the post is filled."""
    held = secretaries_of([unit], on).get(unit.pk)
    return held.person if held else None


def people_in(path: str) -> QuerySet[Person]:
    """Return the people of the unit at `path` and below, by strokes; no temporary accounts."""
    return Person.objects.filter(below("home__path", path), temporary=False)


def posts_of(person: Person) -> QuerySet[Appointment]:
    """Return the posts that a person holds or held, the latest first."""
    rows = Appointment.objects.filter(person=person).select_related("unit", "person")
    return rows.order_by("-since", "-pk")


def posts_in(unit: Unit) -> QuerySet[Appointment]:
    """Return the posts in the unit, today's and former ones, the secretary first."""
    rows = Appointment.objects.filter(unit=unit).select_related("person__home", "unit")
    return rows.order_by("-leads", "since", "pk")


def people_at(unit: Unit) -> QuerySet[Person]:
    """Return the people whose home is this very unit, by strokes."""
    return Person.objects.filter(home=unit, temporary=False)


def grants_held(person: Person) -> QuerySet[RoleGrant]:
    """Return the roles that a person has or had, the latest first."""
    rows = RoleGrant.objects.filter(appointment__person=person)
    return rows.select_related("appointment__unit").order_by("-since", "-pk")


def periods(actor: Actor) -> list[tuple[Period, list[Transition]]]:
    """Return the years, the latest first, each with the steps that `actor` may take."""
    return [(row, available(PERIOD, row, actor)) for row in Period.objects.all()]


def next_year() -> int:
    """Return the year that is likely to be opened next."""
    latest = Period.objects.order_by("-year").first()
    return latest.year + 1 if latest else timezone.localdate().year


def period(year: int) -> Period | None:
    """Return the year of work, if it has been opened."""
    return Period.objects.filter(year=year).first()


def years_open() -> dict[int, bool]:
    """Return for each year that was ever opened whether it is open now."""
    rows = Period.objects.order_by("year").values_list("year", "state")
    return {year: state == PeriodState.OPEN for year, state in rows}


def closed_into() -> dict[int, int]:
    """Return for each closed year the first open one after it, where there is one."""
    years = years_open()
    going = [year for year, is_going in years.items() if is_going]
    after = {year: next((one for one in going if one > year), None) for year in years}
    return {year: to for year, to in after.items() if to and year not in going}


def current_period() -> Period | None:
    """Return the latest year that is open, else the latest year."""
    latest = Period.objects.order_by("-year")
    return latest.filter(state=PeriodState.OPEN).first() or latest.first()


def is_open(year: int) -> bool:
    """Tell whether the year takes writes; a year nobody opened does not."""
    return Period.objects.filter(year=year, state=PeriodState.OPEN).exists()
