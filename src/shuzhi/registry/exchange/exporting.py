"""The registry within reach as a workbook that can be filled in and uploaded again."""

from typing import Any

from shuzhi.kernel.access import Actor, Permission, visible
from shuzhi.kernel.sheets import Sheet, write_workbook
from shuzhi.registry.models import Appointment, Person, Unit

from .columns import INSTRUCTIONS, Spec, specs

BLANK_ROWS = 200
Row = tuple[Any, ...]


def _units(actor: Actor) -> list[Row]:
    rows = Unit.objects.filter(visible(actor, Permission.REGISTRY_MANAGE, Unit))
    return [
        (
            unit.code,
            unit.name,
            unit.short_name,
            str(unit.get_kind_display()),
            unit.parent.code if unit.parent else "",
            unit.since,
            unit.until,
        )
        for unit in rows.select_related("parent")
    ]


def _people(actor: Actor) -> list[Row]:
    rows = Person.objects.filter(
        visible(actor, Permission.REGISTRY_MANAGE, Person), temporary=False
    ).order_by("home__path", "sort_key", "pk")
    return list(rows.values_list("public_id", "name", "home__code", "phone", "sort_as"))


def _posts(actor: Actor) -> list[Row]:
    rows = Appointment.objects.filter(
        visible(actor, Permission.REGISTRY_MANAGE, Appointment), person__temporary=False
    )
    fields = ("person__public_id", "person__name", "unit__code", "post", "since", "until")
    return list(rows.order_by("unit__path", "-leads", "since", "pk").values_list(*fields))


def _sheet(spec: Spec, rows: list[Row], *, last: bool) -> Sheet:
    return Sheet(spec.title, spec.columns, rows, BLANK_ROWS, INSTRUCTIONS if last else ())


def workbook(actor: Actor, *, filled: bool) -> bytes:
    """Return the workbook: `filled` with what stands within reach, else as an empty template."""
    rows = [read(actor) if filled else [] for read in (_units, _people, _posts)]
    sheets = specs()
    return write_workbook(
        [
            _sheet(spec, part, last=spec is sheets[-1])
            for spec, part in zip(sheets, rows, strict=True)
        ]
    )
