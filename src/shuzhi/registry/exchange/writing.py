"""Write a plan without faults: a few statements a sheet, whatever its size."""

from collections import defaultdict
from collections.abc import Callable

from shuzhi.registry.models import Appointment, Person, Unit
from shuzhi.registry.paths import number_of, step
from shuzhi.registry.policy import leads
from shuzhi.registry.tree import last_step, last_steps

from .columns import PEOPLE, POSTS, UNITS
from .model import Change, Line, Part, Plan
from .units import kind_of

BATCH = 500
Move = Callable[[Unit, Unit], object]


def _new_unit(line: Line, parent: Unit | None, path: str) -> Unit:
    values = line.values
    return Unit(
        code=values["code"],
        name=values["name"],
        short_name=values["short_name"],
        kind=kind_of(line),
        parent=parent,
        path=path,
        position=number_of(path),
        since=values["since"],
        until=values["until"],
    )


def _create_level(lines: list[Line]) -> None:
    codes = {line.values["parent"] for line in lines} - {None}
    parents = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
    steps = last_steps(list(parents.values()))
    if None in {line.values["parent"] for line in lines}:
        steps[None] = last_step(None)
    made = []
    for line in lines:
        parent = parents.get(line.values["parent"])
        key = parent.pk if parent else None
        steps[key] = steps.get(key, 0) + 1
        made.append(_new_unit(line, parent, (parent.path if parent else "") + step(steps[key])))
    Unit.objects.bulk_create(made, batch_size=BATCH)


def _create_units(lines: list[Line]) -> None:
    """Create level by level, since a child needs its parent's key and path."""
    waiting = {line.values["code"]: line for line in lines}
    while waiting:
        ready = [ln for ln in waiting.values() if ln.values["parent"] not in waiting]
        _create_level(ready)
        for line in ready:
            del waiting[line.values["code"]]


def _change_units(lines: list[Line], move: Move) -> None:
    units = Unit.objects.in_bulk([line.target for line in lines])
    for line in lines:
        unit = units[line.target]
        unit.name, unit.short_name = line.values["name"], line.values["short_name"]
        unit.kind, unit.since = kind_of(line), line.values["since"]
    fields = ["name", "short_name", "kind", "since"]
    Unit.objects.bulk_update(units.values(), fields, batch_size=BATCH)
    for line in lines:
        if "parent" in line.before:
            parent = Unit.objects.get(code=line.values["parent"])
            move(units[line.target], parent)


def _homes(lines: list[Line]) -> dict[str, int]:
    codes = {line.values.get("home") or line.values.get("unit") for line in lines}
    return dict(Unit.objects.filter(code__in=codes).values_list("code", "pk"))


def _write_people(part: Part) -> dict[object, int]:
    """Create and change people; return the keys of the new ones by their lines."""
    new, changed = part.of(Change.NEW), part.of(Change.CHANGED)
    homes = _homes([*new, *changed])
    made = [Person(temporary=False) for _line in new]
    known = Person.objects.in_bulk([line.target for line in changed])
    for line, person in [*zip(new, made, strict=True), *((ln, known[ln.target]) for ln in changed)]:
        values = line.values
        person.name, person.home_id = values["name"], homes[values["home"]]
        person.phone, person.sort_as = values["phone"], values["sort_as"]
        person.place_by_strokes()
    Person.objects.bulk_create(made, batch_size=BATCH)
    fields = ["name", "home", "phone", "sort_as", "sort_key"]
    Person.objects.bulk_update(known.values(), fields, batch_size=BATCH)
    return {id(line): person.pk for line, person in zip(new, made, strict=True)}


def _write_posts(part: Part, fresh: dict[object, int]) -> None:
    new, changed = part.of(Change.NEW), part.of(Change.CHANGED)
    units = _homes(new)
    made = [
        Appointment(
            person_id=fresh.get(line.values["who"], line.values["who"]),
            unit_id=units[line.values["unit"]],
            post=line.values["post"],
            leads=leads(line.values["post"]),
            since=line.values["since"],
            until=line.values["until"],
        )
        for line in new
    ]
    Appointment.objects.bulk_create(made, batch_size=BATCH)
    by_end: dict[object, list[int]] = defaultdict(list)
    for line in changed:
        by_end[line.values["until"]].append(line.target)
    for until, keys in by_end.items():
        Appointment.objects.filter(pk__in=keys).update(until=until)


def write_plan(plan: Plan, move: Move) -> None:
    """Write a plan that has no faults, `move` putting a unit under another parent.

    Must be called inside a verb.
    """
    units = plan.parts[UNITS]
    _create_units(units.of(Change.NEW))
    _change_units(units.of(Change.CHANGED), move)
    _write_posts(plan.parts[POSTS], _write_people(plan.parts[PEOPLE]))
