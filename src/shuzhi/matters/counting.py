"""How many matters there are of each sort, by unit or one by one: the usual counts, a kind's own.

Each thing counts once: in the year in which it was done. What is still owed counts in every year
in which it is owed; what an earlier year has counted (`settled`, `earlier`) counts there alone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count as Counted
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from shuzhi.catalogue import queries as catalogue

from .enums import DeadlineState, StateKind, StepKind
from .mechanism import KIND, Mechanism, mechanism_of
from .models import Matter, MatterCell, MatterDeadline, MatterStep
from .schema import Count, MatterPlan, Satisfaction

Tally = dict[str, Counter[Any]]  # {what is counted: {a unit's path, or a matter's key: how many}}
ARRIVING = (StepKind.OPENED, StepKind.IMPORTED, StepKind.STEP)
RATES = {  # a part, and what its whole adds up from
    "done_rate": ("done", ("total",)),
    "on_time_rate": ("in_time", ("closed", "overdue")),
    "reopened_rate": ("came_back", ("closed_once",)),
}

# No drafts, nothing dropped, and of what was shared out its parts.
COUNTABLE = Q(counts=True, split=False) & ~Q(state__kind=StateKind.DROPPED)
OWED = COUNTABLE & Q(settled=False)  # what the usual counts are taken of


def mechanisms() -> list[Mechanism]:
    """Return the latest version of every kind of matter."""
    rows = catalogue.of_kind(KIND).only("mechanism", "version")
    return [mechanism_of(row.reference) for row in rows]


def share(rate: str, sums: Mapping[str, int]) -> tuple[int, int]:
    """Return the part and the whole of one of the usual rates."""
    part, whole = RATES[rate]
    return sums[part], sum(sums[key] for key in whole)


def became() -> dict[str, Q]:
    """Return the usual counts: which matters are meant, by what became of them."""
    done, ended = Q(state__kind=StateKind.DONE), Q(closed_on__isnull=False)
    back = Q(reopened__gt=F("reopened_before"))
    return {
        "total": Q(pk__isnull=False),
        "open": Q(closed_on=None),
        "done": done,
        "in_time": done & Q(late=False),
        "closed": ended,
        "overdue": Q(due__lt=timezone.localdate()),
        "came_back": back,
        "closed_once": ended | back,
    }


def tallies() -> dict[str, Counted]:
    """Return what is counted of a group of matters: by what became of them."""
    return {key: Counted("pk", filter=meant) for key, meant in became().items()}


def tallied(
    rows: QuerySet[Matter], kinds: Iterable[Mechanism], by: str = "unit__path"
) -> dict[str, Tally]:
    """Return what is counted of `rows`, by kind; within it by the unit's path, or one by one."""
    live = rows.filter(COUNTABLE).order_by()
    usual = _usual(live.filter(OWED), by)
    return usual | {  # the usual counts of withdrawn kinds as well
        kind.id: usual.get(kind.id, {}) | _extras(live, kind, by) | _answers(live, kind, by)
        for kind in kinds
    }


def _usual(rows: QuerySet[Matter], by: str) -> dict[str, Tally]:
    """Return the usual counts by mechanism; one query over all kinds."""
    asked = tallies()
    found: dict[str, Tally] = {}
    groups: Iterable[Mapping[str, Any]] = rows.values("mechanism", by).annotate(**asked)
    for row in groups:
        tally = found.setdefault(row["mechanism"], {})
        for key in asked:
            tally.setdefault(key, Counter())[row[by]] = row[key]
    return found


def _steps(**which: Any) -> Q:
    return Q(Exists(MatterStep.objects.filter(matter=OuterRef("pk"), **which)))


def _stands(count: Count, **since: Any) -> Q:
    found = Q()
    if count.state:
        found &= Q(state__key__in=count.state)
    if count.kind:
        found &= Q(state__kind__in=count.kind)
    if since and found:
        found &= _steps(state=OuterRef("state__key"), kind__in=ARRIVING, **since)
    return found


def condition(plan: MatterPlan, count: Count, *, now: bool, came: bool = False) -> Q:
    """Return which matters a declared count means; what it names must all hold.

    `now`: only what came about in the year in which they count. `came`: however it came out, in
    time or not, with this answer or another.
    """
    since = {"earlier": False} if now else {}
    found = _stands(count, **since)
    if count.step:
        found &= _steps(step__in=count.step, **since)
    if count.field:
        found &= _answered(plan, count, now=now, came=came)
    if count.on_time:
        runs = MatterDeadline.objects.filter(matter=OuterRef("pk"), key=count.on_time, **since)
        met = runs.filter(state=DeadlineState.MET)
        found &= Q(Exists(met))
        if not came:
            found &= ~Q(Exists(met.filter(met_on__gt=F("due_on"))))
    return found if found or not now else Q(settled=False)


def _answered(plan: MatterPlan, count: Count, *, now: bool, came: bool) -> Q:
    """Return where the fact is known; what was said at the opening is so as long as it is owed."""
    cells = MatterCell.objects.filter(matter=OuterRef("pk"), field=count.field)
    if not came:
        values = [str(one).lower() if isinstance(one, bool) else one for one in count.is_]
        cells = cells.filter(value__in=values)
    if not now:
        return Q(Exists(cells))
    if count.field in {*plan.opens.needs, *plan.opens.offers}:
        return Q(Exists(cells), settled=False)
    return Q(Exists(cells.filter(earlier=False)))


def _whole(plan: MatterPlan, count: Count, of: Count) -> Q:
    """Return of which matters a share is taken: where it came about now, or is still to come."""
    came = condition(plan, count, now=True, came=True)
    ever = condition(plan, count, now=False, came=True)
    return condition(plan, of, now=False) & (came | (~ever & condition(plan, of, now=True)))


def _by(rows: QuerySet[Matter], by: str) -> Counter[Any]:
    grouped = rows.values_list(by).annotate(number=Counted("pk"))
    return Counter(dict(grouped))


def _extras(rows: QuerySet[Matter], kind: Mechanism, by: str) -> Tally:
    """Return what the kind declares: its part (+) and, for a share, the whole (/)."""
    own, plan, found = rows.filter(mechanism=kind.id), kind.plan, {}
    for extra in plan.measures.extra:
        whole = own.filter(_whole(plan, extra.count, extra.of)) if extra.of else own
        found[f"+{extra.id}"] = _by(whole.filter(condition(plan, extra.count, now=True)), by)
        if extra.of:
            found[f"/{extra.id}"] = _by(whole, by)
    return found


def _answers(rows: QuerySet[Matter], kind: Mechanism, by: str) -> Tally:
    asked = kind.plan.satisfaction
    if asked is None:
        return {}
    cells = MatterCell.objects.filter(matter__in=rows.filter(mechanism=kind.id), earlier=False)
    at = f"matter__{by}"
    return _tally(_votes(cells, asked, at) if asked.of else _choices(cells, asked, at), at)


def _choices(cells: QuerySet[MatterCell], asked: Satisfaction, at: str) -> Any:
    return cells.filter(field=asked.field).values(at).annotate(
        answered=Counted("pk"),
        satisfied=Counted("pk", filter=Q(value__in=asked.satisfied)),
    )  # fmt: skip


def _votes(cells: QuerySet[MatterCell], asked: Satisfaction, at: str) -> Any:
    return cells.filter(field__in=asked.figures).values(at).annotate(
        answered=Sum("number", filter=Q(field=asked.of), default=0),
        satisfied=Sum("number", filter=Q(field__in=asked.satisfied), default=0),
    )  # fmt: skip


def _tally(rows: Iterable[Mapping[str, Any]], at: str) -> Tally:
    found: Tally = {"answered": Counter(), "satisfied": Counter()}
    for row in rows:
        for key, counter in found.items():
            counter[row[at]] = row[key]
    return found
