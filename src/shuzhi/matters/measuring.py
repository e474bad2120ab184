"""What a year's matters come to as measures: the usual ones, and those that a kind declares."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.measures import Measure, Place, Values, percent

from .counting import mechanisms, share, tallied
from .mechanism import Mechanism
from .yearly import At, carried_sums, own

STEP = 4  # characters a level of the path
USUAL = (
    ("total", _("件数"), False),
    ("done", _("办结数"), False),
    ("done_rate", _("办结率"), True),
    ("overdue", _("逾期未办结"), False),
    ("on_time_rate", _("按期率"), True),
    ("reopened_rate", _("重新打开率"), True),
)


def names() -> Iterator[Measure]:
    """Yield every measure that the kept mechanisms have."""
    for kind in mechanisms():
        prefix, of = kind.plan.measures.prefix, str(kind.plan.words)
        for name, label, is_share in USUAL:
            yield Measure(f"{prefix}.{name}", label, is_share, of)
        for extra in kind.plan.measures.extra:
            yield Measure(f"{prefix}.{extra.id}", str(extra.label), extra.of is not None, of)
        if kind.plan.satisfaction:
            yield Measure(f"{prefix}.satisfaction_rate", _("满意率"), percent=True, of=of)


def measures_of(period: int, units: Sequence[Place]) -> Values:
    """Return every measure of matters, for the kernel's registry."""
    kinds, at = mechanisms(), At([unit.path for unit in units])
    found_of, carried = tallied(own(period, at), kinds), carried_sums(period, at)
    found: dict[str, dict[str, object]] = {}
    for kind in kinds:
        tally = found_of[kind.id]
        for key, left in carried.get(kind.id, {}).items():
            tally.setdefault(key, Counter()).update(left)
        summed = {key: _below(held, units) for key, held in tally.items()}
        for unit in units:
            sums = {key: values[unit.code] for key, values in summed.items()}
            for name, value in _values(kind, sums):
                found.setdefault(f"{kind.plan.measures.prefix}.{name}", {})[unit.code] = value
    return found  # type: ignore[return-value]


def _below(paths: Mapping[str, int], units: Iterable[Place]) -> dict[str, int]:
    """Return for each unit's code the sum over its subtree."""
    wanted = {unit.path: unit.code for unit in units}
    found = dict.fromkeys(wanted.values(), 0)
    for path, number in paths.items():
        for end in range(STEP, len(path) + 1, STEP):
            if code := wanted.get(path[:end]):
                found[code] += number
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
