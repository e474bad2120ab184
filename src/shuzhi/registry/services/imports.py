"""Verbs on imports: keep an upload as a draft, correct its cells, apply it whole."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import rfc8785
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor, Permission
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import FaultsError, ForbiddenError, RefusedError, RowFault
from shuzhi.kernel.writes import verb
from shuzhi.registry.exchange import Plan, plan_of
from shuzhi.registry.exchange.reading import Rows
from shuzhi.registry.exchange.writing import write_plan
from shuzhi.registry.models import ImportDraft

from .units import move_unit

KEPT_DAYS = 7


def _require(actor: Actor) -> int:
    if not actor.has(Permission.REGISTRY_MANAGE) or actor.account_id is None:
        raise ForbiddenError("no unit to import into")
    return actor.account_id


@verb
def keep_draft(*, actor: Actor, name: str, rows: Mapping[str, Rows]) -> ImportDraft:
    """Keep an upload for its preview; drafts that nobody confirmed go after a week."""
    account = _require(actor)
    old = timezone.now() - timedelta(days=KEPT_DAYS)
    ImportDraft.objects.filter(created_at__lt=old, applied_at=None).delete()
    return ImportDraft.objects.create(account_id=account, name=name, rows=rows)


def _pending(draft: ImportDraft, actor: Actor) -> ImportDraft:
    account = _require(actor)
    found = ImportDraft.objects.select_for_update().get(pk=draft.pk)
    if found.account_id != account:
        raise ForbiddenError("somebody else's draft")
    if found.applied_at:
        raise RefusedError(_("这份表已经导入过了。"))
    return found


@verb
def correct_draft(
    *, actor: Actor, draft: ImportDraft, cells: Mapping[tuple[str, int, int], str]
) -> ImportDraft:
    """Replace cells of a draft: {(sheet, row of the file, column): text}."""
    found = _pending(draft, actor)
    for sheet, rows in found.rows.items():
        for row, typed in rows:
            for column in range(len(typed)):
                typed[column] = cells.get((sheet, row, column), typed[column]).strip()
    found.save(update_fields=["rows"])
    return found


def _faults(plan: Plan) -> list[RowFault]:
    return [
        RowFault(line.row, f"{part.spec.title} {part.spec.column(key).title}", message)
        for part in plan.parts.values()
        for line in part.lines
        for key, message in line.faults.items()
    ]


def _digest(rows: Any) -> str:
    return hashlib.sha256(rfc8785.dumps(rows)).hexdigest()


@verb
def apply_draft(*, actor: Actor, draft: ImportDraft) -> Plan:
    """Write everything that the draft would change, or raise `FaultsError` and write nothing.

    The plan is made again under the writer's turn, so what changed since the preview counts.
    """
    found = _pending(draft, actor)
    plan = plan_of(found.rows, actor)
    if faults := _faults(plan):
        raise FaultsError(faults)
    if not plan.changes:
        raise RefusedError(_("表里没有需要写入的变化。"))
    digest = _digest(found.rows)
    write_plan(plan, lambda unit, parent: move_unit(actor=actor, unit=unit, parent=parent))
    found.rows, found.applied_at = {}, timezone.now()
    found.save(update_fields=["rows", "applied_at"])
    counts = {key: {str(c): n for c, n in part.counts.items()} for key, part in plan.parts.items()}
    record("registry.imported", found, actor=actor, after={"counts": counts, "sha256": digest})
    return plan
