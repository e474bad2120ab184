"""What must hold between the parts of a scheme; each check reports, none stops the others."""

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise

from shuzhi.engine.scheme.models import Indicator, Place, Scheme, reads_values
from shuzhi.engine.scheme.places import Path

Finding = tuple[Path, str, str, str]  # path, what is wrong, what would be right, code


def check(scheme: Scheme) -> Iterator[Finding]:
    """Every contradiction in a scheme whose single parts are sound."""
    for place in scheme.places:
        yield from _shape(place)
        yield from _bonus(place)
        yield from _branch(place)
    for rule in WHOLE:
        yield from rule(scheme)


def _shape(place: Place) -> Iterator[Finding]:
    indicator = place.indicator
    if (indicator.children is None) == (indicator.rule is None):
        yield (
            place.path,
            "must be either a branch or a leaf",
            "give it either children or a rule",
            "shape",
        )
    elif indicator.rule is not None and indicator.points is None and indicator.bonus is None:
        yield place.path, "has no points", "say how many points it is worth", "points"
    if indicator.missing and (indicator.rule is None or not reads_values(place)):
        yield (
            (*place.path, "missing"),
            "reads no values, so none can be missing",
            "leave `missing` out",
            "missing",
        )


def _bonus(place: Place) -> Iterator[Finding]:
    indicator = place.indicator
    if indicator.bonus is None:
        return
    path = (*place.path, "bonus")
    if place.depth:
        yield path, "a bonus stands below another indicator", "move it to the top", "bonus"
    if indicator.points is not None:
        yield (
            path,
            "a bonus has points of its own",
            "leave `points` out: a bonus is outside `full`",
            "bonus",
        )
    if indicator.rule is not None and indicator.rule.kind != "events":
        yield path, f"a bonus of kind {indicator.rule.kind}", "use kind: events", "bonus"
    elif indicator.rule is not None and indicator.rule.start == "full":
        yield path, "a bonus has no full points to start from", "leave `start` out", "bonus"


def _branch(place: Place) -> Iterator[Finding]:
    indicator = place.indicator
    if indicator.aggregate and indicator.children is None:
        yield (
            (*place.path, "aggregate"),
            "a leaf has nothing to aggregate",
            "leave it out",
            "aggregate",
        )
    if not indicator.children:
        return
    if indicator.aggregate:
        if indicator.points is None:
            yield (
                place.path,
                "a branch with `aggregate` has no points",
                "say how many points it is worth",
                "points",
            )
        return
    total = _sum(indicator.children)
    if indicator.points is not None and total != indicator.points:
        what = f"has {indicator.points} points, but its children's add up to {total}"
        yield (
            (*place.path, "points"),
            what,
            "make both the same, or leave the branch's points out",
            "sum",
        )


def _sum(indicators: list[Indicator]) -> Decimal:
    from shuzhi.engine.scheme.models import resolved_points

    return sum((resolved_points(one) for one in indicators), Decimal(0))


def _full(scheme: Scheme) -> Iterator[Finding]:
    total = sum((place.points for place in scheme.top), Decimal(0))
    if not scheme.top:
        yield (
            ("indicators",),
            "there is no indicator that counts towards `full`",
            "add one that is no bonus",
            "sum",
        )
    elif scheme.full is not None and total != scheme.full:
        what = f"is {scheme.full}, but the top indicators' points add up to {total}"
        yield ("full",), what, "make both the same", "sum"
    elif total > 1000:  # noqa: PLR2004 - the contract's bound
        yield ("indicators",), f"the points add up to {total}", "keep `full` within 1000", "sum"


def _unique(scheme: Scheme) -> Iterator[Finding]:
    yield from _twice([(place.id, place.path) for place in scheme.places], "an indicator")
    yield from _twice([(veto.id, ("vetoes", n)) for n, veto in enumerate(scheme.vetoes)], "a veto")
    yield from _twice(
        [(grade.grade, ("grades", n)) for n, grade in enumerate(scheme.grades)], "a grade"
    )


def _twice(named: list[tuple[str, Path]], what: str) -> Iterator[Finding]:
    counts = Counter(name for name, _ in named)
    seen: set[str] = set()
    for name, path in named:
        if name in seen:
            yield (
                path,
                f"{what} {name} stands {counts[name]} times",
                "give each a name of its own",
                "twice",
            )
        seen.add(name)


def _references(scheme: Scheme) -> Iterator[Finding]:
    for n, name in enumerate(scheme.ranking.tiebreak):
        yield from _rated(scheme, name, ("ranking", "tiebreak", n))
    for g, grade in enumerate(scheme.grades):
        for n, requirement in enumerate(grade.require):
            yield from _rated(
                scheme, requirement.indicator, ("grades", g, "require", n, "indicator")
            )


def _rated(scheme: Scheme, name: str, path: Path) -> Iterator[Finding]:
    place = scheme.find(name)
    if place is None:
        yield (
            path,
            f"there is no indicator {name}",
            f"use one of {_names([p.id for p in scheme.places])}",
            "unknown",
        )
    elif place.indicator.bonus:
        yield path, f"{name} is a bonus and has no rate", "use an indicator that has one", "unknown"


def _names(names: list[str]) -> str:
    return ", ".join(names[:12]) + (" …" if len(names) > 12 else "")  # noqa: PLR2004


def _grades(scheme: Scheme) -> Iterator[Finding]:
    bounds = [(n, grade.min) for n, grade in enumerate(scheme.grades) if grade.min is not None]
    for (_, upper), (n, lower) in pairwise(bounds):
        if lower > upper:
            yield (
                ("grades", n, "min"),
                f"{lower} is above the better grade's {upper}",
                "write the best grade first",
                "order",
            )


def _vetoes(scheme: Scheme) -> Iterator[Finding]:
    known = [grade.grade for grade in scheme.grades]
    for n, veto in enumerate(scheme.vetoes):
        name = veto.effect.grade or veto.effect.cap_grade
        if name is not None and name not in known:
            right = f"use one of {_names(known)}" if known else "add `grades` to the scheme"
            yield ("vetoes", n, "effect"), f"there is no grade {name}", right, "unknown"


WHOLE: list[Callable[[Scheme], Iterator[Finding]]] = [_full, _unique, _references, _grades, _vetoes]
