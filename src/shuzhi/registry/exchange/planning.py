"""What an upload would do: each sheet is read, matched and checked against what stands."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor
from shuzhi.kernel.sheets import read_cell

from .columns import MOST, PEOPLE, POSTS, UNITS, Spec, specs
from .known import Known, known_to
from .model import Line, Part, Plan
from .people import plan_people
from .posts import plan_posts
from .reading import Rows
from .units import plan_units


def _line(spec: Spec, row: int, typed: list[str]) -> Line:
    line = Line(row, typed)
    for column, text in zip(spec.columns, typed, strict=True):
        try:
            value = read_cell(column, text or None)
        except ValueError as error:
            line.wrong(column.key, error.args[0])
            value = None
        if column.key in MOST and len(text) > MOST[column.key]:
            line.wrong(column.key, _("最多 %(most)d 个字") % {"most": MOST[column.key]})
        line.values[column.key] = value
    return line


def _part(spec: Spec, rows: Rows) -> Part:
    return Part(spec, [_line(spec, row, typed) for row, typed in rows])


def plan_of(rows: Mapping[str, Rows], actor: Actor, known: Known | None = None) -> Plan:
    """Return what `rows` would do if `actor` confirmed them now; nothing is written.

    The cost is a handful of queries, whatever the size of the upload.
    """
    known = known or known_to(actor)
    parts = {spec.key: _part(spec, rows.get(spec.key, [])) for spec in specs()}
    plan_units(parts[UNITS], known, actor)
    plan_people(parts[PEOPLE], parts[UNITS], known)
    plan_posts(parts[POSTS], parts, known)
    return Plan(parts)
