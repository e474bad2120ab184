"""What is counted of matters: the usual measures of every kind, and those that a kind declares."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count as Counted
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuzhi.catalogue import queries as catalogue
from shuzhi.kernel.access.rule import PATH_END
from shuzhi.kernel.measures import Measure, Place, Values, percent

from .enums import DeadlineState, StateKind
from .mechanism import KIND, Mechanism, mechanism_of
from .models import CarriedShare, Matter, MatterCell, MatterDeadline, MatterStep
from .schema import Count, Satisfaction

Tally = dict[str, Counter[str]]  # {what is counted: {path: how many}}
STEP = 4  # characters a level of the path
RATES = {  # a part, and what its whole adds up from
    "done_rate": ("done", ("total",)),
    "on_time_rate": ("in_time", ("closed", "overdue")),
    "reopened_rate": ("came_back", ("closed_once",)),
}
USUAL = (
    ("total", _("件数"), False),
    ("done", _("办结数"), False),
    ("done_rate", _("办结率"), True),
    ("overdue", _("逾期未办结"), False),
    ("on_time_rate", _("按期率"), True),
    ("reopened_rate", _("重新打开率"), True),
)


def mechanisms() -> list[Mechanism]:
    """Return the latest version of every kind of matter."""
    rows = catalogue.of_kind(KIND).only("mechanism", "version")
    return [mechanism_of(row.reference) for row in rows]


def names() -> Iterator[Measure]:
    """Yield every measure that the kept mechanisms have."""
    for kind in mechanisms():
        prefix = kind.plan.measures.prefix
        for name, label, is_share in USUAL:
            yield Measure(f"{prefix}.{name}", _label(kind, label), is_share)
        for extra in kind.plan.measures.extra:
            yield Measure(f"{prefix}.{extra.id}", _label(kind, extra.label), extra.of is not None)
        if kind.plan.satisfaction:
            yield Measure(f"{prefix}.satisfaction_rate", _label(kind, _("满意率")), percent=True)


def _label(kind: Mechanism, words: object) -> str:
    return f"{kind.plan.words} · {words}"


def counted(period: int, units: Sequence[Place]) -> QuerySet[Matter]:
    """Return the matters that count in a year for any of `units`: no drafts, nothing dropped.

    A matter that was shared out is counted by its parts.
    """
    reach = [Q(unit__path__gte=unit.path, unit__path__lt=unit.path + PATH_END) for unit in units]
    return countable(Matter.objects.filter(reduce(or_, reach, Q(pk__in=())), year=period))


def countable(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """Leave out drafts, what was dropped, and what is counted by its parts."""
    kept = rows.filter(counts=True, split=False)
    return kept.exclude(state__kind=StateKind.DROPPED).order_by()


def measures_of(period: int, units: Sequence[Place]) -> Values:
    """Return every measure of matters, for the kernel's registry."""
    kinds = mechanisms()
    found_of = tallied(counted(period, units), kinds)
    carried = carried_shares(period)
    found: dict[str, dict[str, object]] = {}
    for kind in kinds:
        tally = found_of[kind.id]
        for left in carried.get(kind.id, ()):
            for key, paths in left.items():
                tally.setdefault(key, Counter()).update(paths)
        summed = {key: _below(paths, units) for key, paths in tally.items()}
        for unit in units:
            sums = {key: values[unit.code] for key, values in summed.items()}
            for name, value in _values(kind, sums):
                found.setdefault(f"{kind.plan.measures.prefix}.{name}", {})[unit.code] = value
    return found  # type: ignore[return-value]


def tallied(rows: QuerySet[Matter], kinds: Iterable[Mechanism]) -> dict[str, Tally]:
    """Return what is counted of `rows`, by kind."""
    usual = _usual(rows)
    return {
        kind.id: usual.get(kind.id, {}) | _extras(rows, kind) | _answers(rows, kind)
        for kind in kinds
    }


def carried_shares(year: int) -> dict[str, list[dict[str, dict[str, int]]]]:
    """Return, by kind, what the year had counted of matters that were carried out of it."""
    found: dict[str, list[dict[str, dict[str, int]]]] = {}
    for row in CarriedShare.objects.filter(year=year):
        found.setdefault(row.mechanism, []).append(row.tally)
    return found


def carried_below(year: int, path: str) -> Iterator[tuple[str, str, Counter[str]]]:
    """Yield kind, path and counts of what was carried out of the year by a unit or those below."""
    for kind, shares in carried_shares(year).items():
        for left in shares:
            for at in left["total"]:
                if at.startswith(path):
                    yield kind, at, Counter({key: held.get(at, 0) for key, held in left.items()})


def _below(paths: Mapping[str, int], units: Iterable[Place]) -> dict[str, int]:
    """Return for each unit's code the sum over its subtree."""
    wanted = {unit.path: unit.code for unit in units}
    found = dict.fromkeys(wanted.values(), 0)
    for path, number in paths.items():
        for end in range(STEP, len(path) + 1, STEP):
            if code := wanted.get(path[:end]):
                found[code] += number
    return found


def tallies() -> dict[str, Counted]:
    """Return what is counted of a group of matters: by what became of them."""
    done, ended, back = Q(state__kind=StateKind.DONE), Q(closed_on__isnull=False), Q(reopened__gt=0)
    return {
        "total": Counted("pk"),
        "done": Counted("pk", filter=done),
        "in_time": Counted("pk", filter=done & Q(late=False)),
        "closed": Counted("pk", filter=ended),
        "overdue": Counted("pk", filter=Q(due__lt=timezone.localdate())),
        "came_back": Counted("pk", filter=back),
        "closed_once": Counted("pk", filter=ended | back),
    }


def share(rate: str, sums: Mapping[str, int]) -> tuple[int, int]:
    """Return the part and the whole of one of the usual rates."""
    part, whole = RATES[rate]
    return sums[part], sum(sums[key] for key in whole)


def _usual(rows: QuerySet[Matter]) -> dict[str, Tally]:
    """Return the usual counts by mechanism and path; one query over all kinds."""
    asked = tallies()
    found: dict[str, Tally] = {}
    groups: Iterable[Mapping[str, Any]] = rows.values("mechanism", "unit__path").annotate(**asked)
    for row in groups:
        tally = found.setdefault(row["mechanism"], {})
        for key in asked:
            tally.setdefault(key, Counter())[row["unit__path"]] = row[key]
    return found


def _values(kind: Mechanism, sums: Mapping[str, int]) -> Iterator[tuple[str, object]]:
    """Yield the measures of one kind in one unit, from its sums."""
    get = Counter(sums)
    for name, _words, is_share in USUAL:
        yield name, percent(*share(name, get)) if is_share else get[name]
    for extra in kind.plan.measures.extra:
        part = get[f"+{extra.id}"]
        yield extra.id, percent(part, get[f"/{extra.id}"]) if extra.of else part
    if kind.plan.satisfaction:
        yield "satisfaction_rate", percent(get["satisfied"], get["answered"])


def condition(count: Count) -> Q:
    """Return which matters a declared count means; what it names must all hold."""
    found = Q()
    if count.state:
        found &= Q(state__key__in=count.state)
    if count.kind:
        found &= Q(state__kind__in=count.kind)
    if count.step:
        taken = MatterStep.objects.filter(matter=OuterRef("pk"), step__in=count.step)
        found &= Q(Exists(taken))
    if count.field:
        values = [str(one).lower() if isinstance(one, bool) else one for one in count.is_]
        cells = MatterCell.objects.filter(
            matter=OuterRef("pk"), field=count.field, value__in=values
        )
        found &= Q(Exists(cells))
    if count.on_time:
        runs = MatterDeadline.objects.filter(matter=OuterRef("pk"), key=count.on_time)
        met = runs.filter(state=DeadlineState.MET)
        found &= Q(Exists(met)) & ~Q(Exists(met.filter(met_on__gt=F("due_on"))))
    return found


def _by_path(rows: QuerySet[Matter]) -> Counter[str]:
    grouped = rows.values_list("unit__path").annotate(number=Counted("pk"))
    return Counter(dict(grouped))


def _extras(rows: QuerySet[Matter], kind: Mechanism) -> Tally:
    """Return what the kind declares: its part (+) and, for a share, the whole (/)."""
    own, found = rows.filter(mechanism=kind.id), {}
    for extra in kind.plan.measures.extra:
        whole = own.filter(condition(extra.of)) if extra.of else own
        found[f"+{extra.id}"] = _by_path(whole.filter(condition(extra.count)))
        if extra.of:
            found[f"/{extra.id}"] = _by_path(whole)
    return found


def _answers(rows: QuerySet[Matter], kind: Mechanism) -> Tally:
    asked = kind.plan.satisfaction
    if asked is None:
        return {}
    cells = MatterCell.objects.filter(matter__in=rows.filter(mechanism=kind.id))
    return _votes(cells, asked) if asked.of else _choices(cells, asked)


def _choices(cells: QuerySet[MatterCell], asked: Satisfaction) -> Tally:
    answered = cells.filter(field=asked.field).values("matter__unit__path").annotate(
        answered=Counted("pk"),
        satisfied=Counted("pk", filter=Q(value__in=asked.satisfied)),
    )  # fmt: skip
    return _tally(answered)


def _votes(cells: QuerySet[MatterCell], asked: Satisfaction) -> Tally:
    summed = cells.filter(field__in=asked.figures).values("matter__unit__path").annotate(
        answered=Sum("number", filter=Q(field=asked.of), default=0),
        satisfied=Sum("number", filter=Q(field__in=asked.satisfied), default=0),
    )  # fmt: skip
    return _tally(summed)


def _tally(rows: Iterable[Mapping[str, object]]) -> Tally:
    found: Tally = {"answered": Counter(), "satisfied": Counter()}
    for row in rows:
        for key, counter in found.items():
            counter[str(row["matter__unit__path"])] = int(str(row[key]))
    return found
