"""Rows of units: matched by code, in a tree that must stay a tree."""

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor, Permission, Reach
from shuzhi.registry.enums import UnitKind
from shuzhi.registry.models import Unit
from shuzhi.registry.paths import DEPTH, STEP

from .known import Known
from .model import Line, Part


def _kind_values() -> dict[str, str]:
    return {str(kind.label): kind.value for kind in UnitKind}


def _now(unit: Unit) -> dict[str, object]:
    return {
        "until": unit.until,
        "name": unit.name,
        "short_name": unit.short_name,
        "kind": str(unit.get_kind_display()),
        "parent": unit.parent.code if unit.parent else None,
        "since": unit.since,
    }


def _match(line: Line, known: Known) -> None:
    values = line.values
    unit = known.units.get(values["code"])
    if unit is not None:
        line.target = unit.pk
        line.differ(_now(unit))
        if "until" in line.before:
            line.wrong("until", _("撤销或恢复组织请在组织页面办理"))
        return
    values["short_name"] = values["short_name"] or (values["name"] or "")[:40]
    if values["until"] and values["since"] and values["until"] < values["since"]:
        line.wrong("until", _("不能早于成立日期"))


def _refuse_doubles(lines: list[Line], taken: set[str]) -> None:
    seen: dict[str, int] = {}
    for line in lines:
        code = line.values["code"]
        if code is None:
            continue
        if code in seen:
            line.wrong("code", _("与第 %(row)d 行的代码重复") % {"row": seen[code]})
        elif code in taken:
            line.wrong("code", _("代码已被您管理范围以外的组织使用"))
        seen.setdefault(code, line.row)


def _moves(line: Line) -> bool:
    return line.target is None or "parent" in line.before


def _check_parent(line: Line, known: Known, fresh: set[str], *, may_root: bool) -> None:
    parent = line.values["parent"]
    if not _moves(line):
        return
    if parent is None:
        if not may_root:
            line.wrong("parent", _("请填写上级组织的代码"))
    elif parent not in known.units and parent not in fresh:
        line.wrong("parent", _("没有代码为“%(code)s”的组织") % {"code": parent})


def _check_shape(lines: list[Line], known: Known) -> None:
    """Refuse circles and trees that are too deep, as they would be after the import."""
    above: dict[str, str | None] = {
        code: unit.parent.code if unit.parent else None for code, unit in known.units.items()
    }
    above |= {line.values["code"]: line.values["parent"] for line in lines if line.values["code"]}
    roots = {code: len(unit.path) // STEP for code, unit in known.units.items()}
    for line in lines:
        if "parent" in line.faults or not _moves(line):
            continue
        steps, at = {line.values["code"]}, line.values["parent"]
        while at is not None and at in above and at not in steps:
            steps.add(at)
            at = above[at]
        if at in steps:
            line.wrong("parent", _("上下级形成了循环"))
        elif len(steps) + (roots.get(at, 1) if at else 0) > DEPTH:
            line.wrong("parent", _("组织层级最多 %(depth)d 级") % {"depth": DEPTH})


def plan_units(part: Part, known: Known, actor: Actor) -> None:
    """Match and check the rows of units."""
    lines = part.lines
    _refuse_doubles(lines, known.codes_taken(filter(None, (ln.values["code"] for ln in lines))))
    for line in lines:
        _match(line, known)
    fresh = {line.values["code"] for line in part.added if "code" not in line.faults}
    everywhere = any(
        grant.reach is Reach.ALL for grant in actor.grants_of(Permission.REGISTRY_MANAGE)
    )
    for line in lines:
        _check_parent(line, known, fresh, may_root=everywhere)
    _check_shape(lines, known)


def kind_of(line: Line) -> str:
    """Return the kind as the database keeps it."""
    return _kind_values()[line.values["kind"]]
