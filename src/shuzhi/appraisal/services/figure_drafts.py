"""Figures from a sheet: what it would change, cell by cell, and its confirmation."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.enums import FigureChange
from shuzhi.appraisal.figures import Cell
from shuzhi.appraisal.models import FigureDraft, Review
from shuzhi.appraisal.queries.figures import GridRow, grid
from shuzhi.appraisal.view import Leaf
from shuzhi.kernel.access import Actor
from shuzhi.kernel.errors import FaultsError, ForbiddenError, RefusedError, RowFault
from shuzhi.kernel.seen import digest_of, require_seen
from shuzhi.kernel.writes import verb

from .figures import FigureRow, check_rows, enter_figures, require_enterable

KEPT_DAYS = 7
MOST_SHOWN = 200  # cells, or faults; more are looked through better in the file
ORDER = {change: place for place, change in enumerate(FigureChange)}


@dataclass(frozen=True)
class CellChange:
    """One cell of a sheet: what stands there now, and what would."""

    row: int
    unit: str
    item: str
    old: str
    new: str

    @property
    def change(self) -> FigureChange:
        if self.old == self.new:
            return FigureChange.SAME
        if not self.new:
            return FigureChange.EMPTIED
        return FigureChange.CHANGED if self.old else FigureChange.NEW


@dataclass(frozen=True)
class SheetPlan:
    """What a sheet would do; it is written only where nothing in it is wrong."""

    cells: Sequence[CellChange]
    faults: Sequence[RowFault]

    @cached_property
    def _changing(self) -> list[CellChange]:
        found = [cell for cell in self.cells if cell.change != FigureChange.SAME]
        return sorted(found, key=lambda cell: (ORDER[cell.change], cell.row))

    @property
    def changes(self) -> int:
        return len(self._changing)

    @property
    def counts(self) -> list[tuple[Any, int]]:
        """Return each kind of change in words, and how many cells it is."""
        found = Counter(cell.change for cell in self.cells)
        return [(change.label, found[change]) for change in FigureChange]

    @property
    def shown(self) -> list[CellChange]:
        return self._changing[:MOST_SHOWN]

    @property
    def more(self) -> int:
        return max(0, self.changes - MOST_SHOWN)

    @property
    def shown_faults(self) -> Sequence[RowFault]:
        return self.faults[:MOST_SHOWN]

    @property
    def more_faults(self) -> int:
        return max(0, len(self.faults) - MOST_SHOWN)

    @property
    def ready(self) -> bool:
        return bool(self.changes) and not self.faults

    @property
    def seen(self) -> str:
        """Return the short word for what the sheet would change, from what to what."""
        return digest_of(*((c.row, c.unit, c.item, c.old, c.new) for c in self.cells))


def _as_kept(leaf: Leaf, text: str) -> str:
    """Return a text of the sheet as the grid would show it once it stands."""
    cell = Cell.read(text)
    if cell is None:
        return ""
    return cell.value if leaf.kind == "target" else cell.source


def _cells(row: FigureRow, leaves: Sequence[Leaf], stands: GridRow) -> list[CellChange]:
    unit = stands.entrant.unit.short_name
    return [
        CellChange(row.row, unit, leaf.title, old, _as_kept(leaf, row.values[leaf.id]))
        for leaf, old in zip(leaves, stands.texts, strict=True)
        if leaf.id in row.values
    ]


def plan_of(review: Review, rows: Sequence[FigureRow]) -> SheetPlan:
    """Return what a sheet would change as the figures stand now; cells with faults are left out."""
    leaves, standing = grid(review)
    by_code = {row.entrant.unit.code: row for row in standing}
    faults = check_rows(review, rows)
    wrong = {(fault.row, fault.column) for fault in faults}
    known = [row for row in rows if row.unit in by_code]
    cells = [cell for row in known for cell in _cells(row, leaves, by_code[row.unit])]
    return SheetPlan([cell for cell in cells if (cell.row, cell.item) not in wrong], faults)


def rows_of(draft: FigureDraft) -> list[FigureRow]:
    """Return the rows of a kept sheet."""
    return [FigureRow(row, unit, values) for row, unit, values in draft.rows]


@verb
def keep_draft(
    review: Review, name: str, rows: Sequence[FigureRow], *, actor: Actor
) -> FigureDraft:
    """Keep a sheet for its preview; those that nobody confirmed go after a week."""
    require_enterable(review, actor)
    if actor.account_id is None:
        raise ForbiddenError("a draft belongs to an account")
    old = timezone.now() - timedelta(days=KEPT_DAYS)
    FigureDraft.objects.filter(created_at__lt=old, applied_at=None).delete()
    kept: list[tuple[int, str, Mapping[str, str]]] = [(x.row, x.unit, x.values) for x in rows]
    return FigureDraft.objects.create(
        review=review, account_id=actor.account_id, name=name[:200], rows=kept
    )


@verb
def apply_draft(draft: FigureDraft, seen: str | None, *, actor: Actor) -> int:
    """Write what the preview showed, all of it and once; return how many cells changed.

    The plan is made again while nobody else can write: where it differs from the one that was
    `seen`, nothing is written and the person looks again.
    """
    require_enterable(draft.review, actor)
    found = FigureDraft.objects.select_for_update().get(pk=draft.pk)
    if found.account_id != actor.account_id:
        raise ForbiddenError("somebody else's draft")
    if found.applied_at:
        raise RefusedError(_("这份表已经导入过了。"))
    rows = rows_of(found)
    plan = plan_of(draft.review, rows)
    if plan.faults:
        raise FaultsError(plan.faults)
    require_seen(seen, plan.seen, _("预览以后有人改过其中的数据，还没有写入。请核对现在的变化。"))
    if not plan.changes:
        raise RefusedError(_("表里没有需要写入的变化。"))
    enter_figures(draft.review, rows, actor=actor)
    found.rows, found.applied_at = [], timezone.now()
    found.save(update_fields=["rows", "applied_at"])
    return plan.changes
