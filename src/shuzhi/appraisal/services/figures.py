"""Enter routine figures, happenings and vetoes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.enums import ReviewState
from shuzhi.appraisal.figures import Cell, check_cell
from shuzhi.appraisal.models import Entrant, Figure, Happening, Review, Veto
from shuzhi.appraisal.queries.figures import grid
from shuzhi.appraisal.queries.scheme import scheme_of
from shuzhi.appraisal.view import TARGET
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import FaultsError, MissingFactError, RefusedError, RowFault, StateError
from shuzhi.kernel.period import require_open
from shuzhi.kernel.writes import verb

GIVEN = ("value", "source", "target")
GONE = _("考核方案改过，已没有这一列。请重新下载表格再填。")
OPEN_FOR_FIGURES = {
    ReviewState.PREPARING,
    ReviewState.REPORTING,
    ReviewState.OPEN,
    ReviewState.CLOSED,
    ReviewState.SCORED,
}


@dataclass(frozen=True)
class FigureRow:
    """One unit's typed row: code of the unit, texts by indicator, and where it stood.

    `shown` is what a page had shown in these cells; nobody writes over what they did not see.
    """

    row: int
    unit: str
    values: Mapping[str, str]
    shown: Mapping[str, str] = field(default_factory=dict)


def require_enterable(review: Review, actor: Actor) -> None:
    """Refuse who may not enter figures, or no longer; hold the review until all is written."""
    require(actor, Permission.REVIEW_MANAGE, review)
    require_open(review.year)
    review.refresh_from_db(from_queryset=Review.objects.select_for_update())
    if review.state not in OPEN_FOR_FIGURES:
        raise StateError(_("等次已经研究确定，数据不能再改。要改，请先退回重新研究。"))


def check_rows(review: Review, rows: Sequence[FigureRow]) -> list[RowFault]:
    """Return every fault of a typed or uploaded grid, by row and column."""
    leaves = {leaf.id: leaf for leaf in scheme_of(review).figure_columns}
    known = set(review.entrants.values_list("unit__code", flat=True))
    faults, seen = [], dict[str, int]()
    for row in rows:
        if row.unit not in known:
            faults.append(RowFault(row.row, str(_("单位代码")), _("本次评议没有这个单位。")))
        elif row.unit in seen:
            first = _("与第 %(row)d 行重复，一个单位只能有一行。") % {"row": seen[row.unit]}
            faults.append(RowFault(row.row, str(_("单位代码")), first))
        seen.setdefault(row.unit, row.row)
        for name, text in row.values.items():
            leaf = leaves.get(name)
            message = check_cell(leaf, text) if leaf else GONE
            if message:
                faults.append(RowFault(row.row, leaf.title if leaf else name, message))
    titles, now = _standing(review)
    return faults + _without_figure(rows, titles, now) + _overtaken(rows, titles, now)


def _standing(review: Review) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """Return the titles of the columns, and what stands by unit and column."""
    leaves, rows = grid(review)
    now = {
        (r.entrant.unit.code, x.id): text
        for r in rows
        for x, text in zip(leaves, r.texts, strict=True)
    }
    return {leaf.id: leaf.title for leaf in leaves}, now


def _without_figure(
    rows: Sequence[FigureRow], titles: Mapping[str, str], now: Mapping[tuple[str, str], str]
) -> list[RowFault]:
    """Return the targets that would stand without their figure, given or left alone."""
    message = _("有目标、没有数据：目标要和数据一起填。")
    return [
        RowFault(row.row, titles.get(f"{name}{TARGET}", name), message)
        for row in rows
        for name in dict.fromkeys(name.removesuffix(TARGET) for name in row.values)
        if _given(row, f"{name}{TARGET}", now) and not _given(row, name, now)
    ]


def _given(row: FigureRow, name: str, now: Mapping[tuple[str, str], str]) -> bool:
    """Tell whether anything will stand in a column once the row is taken in."""
    return Cell.read(row.values.get(name, now.get((row.unit, name), ""))) is not None


def _overtaken(
    rows: Sequence[FigureRow], titles: Mapping[str, str], now: Mapping[tuple[str, str], str]
) -> list[RowFault]:
    """Return the cells that somebody else has changed since the page was read."""
    words = _("刚有人改为“%(text)s”。再保存一次，就以您填的为准。")
    return [
        RowFault(row.row, titles[name], words % {"text": text or "—"})
        for row in rows
        for name, shown in row.shown.items()
        if (text := now.get((row.unit, name), "")) not in {shown, row.values.get(name)}
    ]


def _merge(
    entrant: Entrant, values: Mapping[str, str], standing: Mapping[str, Figure], actor: Actor
) -> tuple[list[Figure], list[int]]:
    changed, emptied = [], []
    for indicator in dict.fromkeys(name.removesuffix(TARGET) for name in values):
        old = standing.get(indicator)
        figure = _figure(entrant, indicator, values, old, actor)
        if figure is None:
            emptied += [old.pk] if old else []
        elif old is None or any(getattr(old, x) != getattr(figure, x) for x in GIVEN):
            changed.append(figure)
    return changed, emptied


def _figure(
    entrant: Entrant, indicator: str, values: Mapping[str, str], old: Figure | None, actor: Actor
) -> Figure | None:
    """Return the figure as it shall stand; None where its cell is empty."""
    cell = Cell(old.value, old.source) if old else None
    if indicator in values:
        cell = Cell.read(values[indicator])
    target = Cell.read(values.get(f"{indicator}{TARGET}", old.target if old else ""))
    if cell is None:
        return None
    return Figure(
        entrant=entrant,
        indicator=indicator,
        value=cell.value,
        source=cell.source,
        target=target.value if target else "",
        entered_by_id=actor.account_id,
    )


@verb
def enter_figures(review: Review, rows: Sequence[FigureRow], *, actor: Actor) -> int:
    """Take a grid in whole or not at all; return how many cells changed.

    An empty cell takes the figure away. Raises `FaultsError` with every fault by row and column.
    """
    require_enterable(review, actor)
    faults = check_rows(review, rows)
    if faults:
        raise FaultsError(faults)
    entrants = {e.unit.code: e for e in review.entrants.select_related("unit")}
    standing: dict[int, dict[str, Figure]] = {}
    for figure in Figure.objects.filter(entrant__review=review):
        standing.setdefault(figure.entrant_id, {})[figure.indicator] = figure
    changed, emptied = list[Figure](), list[int]()
    for row in rows:
        entrant = entrants[row.unit]
        new, gone = _merge(entrant, row.values, standing.get(entrant.pk, {}), actor)
        changed += new
        emptied += gone
    _store(changed, emptied)
    if changed or emptied:
        after = {"changed": len(changed), "emptied": len(emptied)}
        record("figure.enter", review, actor=actor, after=after)
    return len(changed) + len(emptied)


def _store(changed: list[Figure], emptied: list[int]) -> None:
    Figure.objects.filter(pk__in=emptied).delete()
    Figure.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["entrant", "indicator"],
        update_fields=[*GIVEN, "entered_by", "entered_at"],
    )


@verb
def add_happening(
    entrant: Entrant,
    indicator: str,
    points: Decimal,
    reason: str,
    *,
    actor: Actor,
    key: str = "",
) -> Happening:
    """Record a bonus (above 0) or a deduction (below) with its reason."""
    require_enterable(entrant.review, actor)
    if indicator not in {leaf.id for leaf in scheme_of(entrant.review).event_leaves}:
        raise RefusedError(_("方案中没有这个加减分指标。"))
    if not points:
        raise RefusedError(_("分值不能是 0：加分写正数，扣分写负数。"))
    if not reason.strip():
        raise MissingFactError(_("加减分要写明事由和依据。"))
    happening = Happening(
        entrant=entrant,
        indicator=indicator,
        points=points,
        key=key.strip(),
        reason=reason.strip(),
        entered_by_id=actor.account_id,
    )
    happening.full_clean()
    happening.save()
    record("happening.enter", happening, actor=actor, after={"points": str(points)})
    return happening


@verb
def remove_happening(happening: Happening, *, actor: Actor) -> None:
    """Take a happening back that was entered by mistake; the audit keeps what it said."""
    require_enterable(happening.entrant.review, actor)
    before = {"points": str(happening.points), "reason": happening.reason}
    record("happening.remove", happening, actor=actor, before=before)
    happening.delete()


@verb
def add_veto(entrant: Entrant, veto: str, basis: str, *, actor: Actor) -> Veto:
    """Record that a veto of the scheme applies; it needs a basis."""
    require_enterable(entrant.review, actor)
    if veto not in scheme_of(entrant.review).vetoes:
        raise RefusedError(_("方案中没有这一否决事项。"))
    if not basis.strip():
        raise MissingFactError(_("一票否决必须写明依据（文件、决定或通报）。"))
    if Veto.objects.filter(entrant=entrant, veto=veto).exists():
        raise RefusedError(_("该单位已登记这一否决事项。"))
    row = Veto(entrant=entrant, veto=veto, basis=basis.strip(), entered_by_id=actor.account_id)
    row.full_clean()
    row.save()
    record("veto.enter", row, actor=actor, after={"veto": veto})
    return row


@verb
def remove_veto(veto: Veto, *, actor: Actor) -> None:
    """Take a veto back; the audit keeps its basis."""
    require_enterable(veto.entrant.review, actor)
    before = {"veto": veto.veto, "basis": veto.basis}
    record("veto.remove", veto, actor=actor, before=before)
    veto.delete()
