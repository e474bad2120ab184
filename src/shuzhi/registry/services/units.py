"""Verbs on units: create, rename, move, abolish."""

from datetime import date

from django.db.models import Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.access.rule import below
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.writes import verb
from shuzhi.registry.enums import UnitKind
from shuzhi.registry.models import Appointment, Unit
from shuzhi.registry.paths import DEPTH, STEP, step
from shuzhi.registry.policy import alive
from shuzhi.registry.tree import last_step


def _next_path(parent: Unit | None) -> str:
    if parent is not None:
        Unit.objects.select_for_update().get(pk=parent.pk)
    return (parent.path if parent else "") + step(last_step(parent) + 1)


def _refuse_depth(levels: int) -> None:
    if levels > DEPTH:
        raise RefusedError(_("组织层级最多 %(depth)d 级。") % {"depth": DEPTH})


@verb
def create_unit(
    *,
    actor: Actor,
    code: str,
    name: str,
    kind: str,
    parent: Unit | None,
    short_name: str = "",
    position: int = 0,
    since: date | None = None,
    guide: Unit | None = None,
) -> Unit:
    """Create a unit below `parent` (None: a county's root) and give it its place in the tree."""
    require(actor, Permission.REGISTRY_MANAGE, parent or Unit(path=""))
    if Unit.objects.filter(code=code).exists():
        raise RefusedError(_("代码“%(code)s”已被使用，请换一个。") % {"code": code})
    path = _next_path(parent)
    _refuse_depth(len(path) // STEP)
    unit = Unit.objects.create(
        code=code,
        name=name,
        short_name=short_name or name[:40],
        kind=UnitKind(kind),
        parent=parent,
        guide=guide,
        path=path,
        position=position,
        since=since,
    )
    record(
        "registry.unit_created",
        unit,
        actor=actor,
        after={"code": code, "name": name, "kind": kind, "parent": parent and parent.code},
    )
    return unit


@verb
def rename_unit(*, actor: Actor, unit: Unit, name: str, short_name: str = "") -> Unit:
    """Give the unit another name; what was published before keeps the old one."""
    require(actor, Permission.REGISTRY_MANAGE, unit)
    before = {"name": unit.name, "short_name": unit.short_name}
    unit.name, unit.short_name = name, short_name or name[:40]
    unit.save(update_fields=["name", "short_name"])
    after = {"name": unit.name, "short_name": unit.short_name}
    record("registry.unit_changed", unit, actor=actor, before=before, after=after)
    return unit


def _deepest(path: str) -> int:
    paths = Unit.objects.filter(below("path", path)).values_list("path", flat=True)
    return max(map(len, paths))


@verb
def move_unit(*, actor: Actor, unit: Unit, parent: Unit) -> Unit:
    """Put the unit with all below it under `parent`, in one update; no unit under itself."""
    require(actor, Permission.REGISTRY_MANAGE, unit)
    require(actor, Permission.REGISTRY_MANAGE, parent)
    unit.refresh_from_db()
    parent.refresh_from_db()
    if parent.path.startswith(unit.path):
        raise RefusedError(_("不能把“%(unit)s”放到它自己或它的下级之下。") % {"unit": unit.name})
    old, new = unit.path, _next_path(parent)
    _refuse_depth((len(new) + _deepest(old) - len(old)) // STEP)
    before = {"parent": unit.parent and unit.parent.code}
    Unit.objects.filter(pk=unit.pk).update(parent=parent)
    Unit.objects.filter(below("path", old)).update(
        path=Concat(Value(new), Substr("path", len(old) + 1))
    )
    unit.refresh_from_db()
    record("registry.unit_moved", unit, actor=actor, before=before, after={"parent": parent.code})
    return unit


@verb
def abolish_unit(*, actor: Actor, unit: Unit, until: date) -> Unit:
    """End the unit from `until` on; refused while units or posts below it go on."""
    require(actor, Permission.REGISTRY_MANAGE, unit)
    under = Unit.objects.filter(below("path", unit.path), alive(until)).exclude(pk=unit.pk)
    if left := under.count():
        raise RefusedError(_("还有 %(left)d 个下级组织，请先调整或撤销它们。") % {"left": left})
    in_post = Appointment.objects.filter(unit=unit).exclude(until__lt=until)
    if left := in_post.count():
        raise RefusedError(_("还有 %(left)d 人在任，请先免职。") % {"left": left})
    unit.until = until
    unit.save(update_fields=["until"])
    record("registry.unit_abolished", unit, actor=actor, after={"until": until.isoformat()})
    return unit
