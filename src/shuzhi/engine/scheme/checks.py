"""What must hold between the parts of a scheme; each check reports, none stops the others."""

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise

from shuzhi.engine.say import Said, few, say
from shuzhi.engine.scheme.models import Indicator, Place, Scheme, reads_values
from shuzhi.engine.scheme.places import Path
from shuzhi.engine.scheme.values import places

MOST_DIGITS = 10**13  # of all points together: a thousand with 9 decimals, several levels deep
MOST_LEVELS = 30  # each is a query inside the next one's, and engines nest them only so far
Finding = tuple[Path, Said, Said, str]  # path, what is wrong, what would be right, code


def check(scheme: Scheme) -> Iterator[Finding]:
    """Every contradiction in a scheme whose single parts are sound."""
    for place in scheme.places:
        yield from _shape(place)
        yield from _bonus(place)
        yield from _branch(place)
        yield from _level(place)
    for rule in WHOLE:
        yield from rule(scheme)


def _shape(place: Place) -> Iterator[Finding]:
    indicator = place.indicator
    if (indicator.children is None) == (indicator.rule is None):
        yield (
            place.path,
            say("must be either a branch or a leaf"),
            say("give it either children or a rule"),
            "shape",
        )
    elif indicator.rule is not None and indicator.points is None and indicator.bonus is None:
        yield place.path, say("has no points"), say("say how many points it is worth"), "points"
    if indicator.missing and (indicator.rule is None or not reads_values(place)):
        yield (
            (*place.path, "missing"),
            say("reads no values, so none can be missing"),
            say("leave `missing` out"),
            "missing",
        )


def _level(place: Place) -> Iterator[Finding]:
    if place.depth == MOST_LEVELS:  # what stands deeper still goes with it
        what = say("stands more than {most} levels deep", most=MOST_LEVELS)
        yield place.path, what, say("join some of the branches above it"), "level"


def _bonus(place: Place) -> Iterator[Finding]:
    indicator = place.indicator
    if indicator.bonus is None:
        return
    path = (*place.path, "bonus")
    if place.depth:
        yield (
            path,
            say("a bonus stands below another indicator"),
            say("move it to the top"),
            "bonus",
        )
    if indicator.points is not None:
        yield (
            path,
            say("a bonus has points of its own"),
            say("leave `points` out: a bonus is outside `full`"),
            "bonus",
        )
    if indicator.children:
        yield path, say("a bonus with indicators below it"), say("give it a rule instead"), "bonus"
    if indicator.rule is not None and indicator.rule.kind != "events":
        yield (
            path,
            say("a bonus of kind {kind}", kind=indicator.rule.kind),
            say("use kind: events"),
            "bonus",
        )
    elif indicator.rule is not None and indicator.rule.start == "full":
        yield (
            path,
            say("a bonus has no full points to start from"),
            say("leave `start` out"),
            "bonus",
        )


def _branch(place: Place) -> Iterator[Finding]:
    indicator = place.indicator
    if indicator.aggregate and indicator.children is None:
        yield (
            (*place.path, "aggregate"),
            say("a leaf has nothing to aggregate"),
            say("leave it out"),
            "aggregate",
        )
    if not indicator.children:
        return
    if indicator.aggregate:
        if indicator.points is None:
            yield (
                place.path,
                say("a branch with `aggregate` has no points"),
                say("say how many points it is worth"),
                "points",
            )
        return
    total = _sum(indicator.children)
    said = all(map(_is_said, indicator.children))
    if said and indicator.points is not None and total != indicator.points:
        what = say(
            "has {points} points, but its children's add up to {total}",
            points=indicator.points,
            total=total,
        )
        yield (
            (*place.path, "points"),
            what,
            say("make both the same, or leave the branch's points out"),
            "sum",
        )


def _is_said(indicator: Indicator) -> bool:
    """Whether one knows what an indicator is worth; where not, that is the fault, and no sum."""
    if indicator.points is not None or indicator.bonus is not None:
        return True
    if indicator.aggregate or indicator.children is None:
        return False
    return all(map(_is_said, indicator.children))


def _sum(indicators: list[Indicator]) -> Decimal:
    from shuzhi.engine.scheme.models import resolved_points

    return sum((resolved_points(one) for one in indicators), Decimal(0))


def _full(scheme: Scheme) -> Iterator[Finding]:
    total = sum((place.points for place in scheme.top), Decimal(0))
    if not scheme.top:
        yield (
            ("indicators",),
            say("there is no indicator that counts towards `full`"),
            say("add one that is no bonus"),
            "sum",
        )
    elif scheme.full is not None and total != scheme.full and all(map(_is_said, scheme.indicators)):
        what = say(
            "is {full}, but the top indicators' points add up to {total}",
            full=scheme.full,
            total=total,
        )
        yield ("full",), what, say("make both the same"), "sum"
    elif total > 1000:  # noqa: PLR2004 - the contract's bound
        yield (
            ("indicators",),
            say("the points add up to {total}", total=total),
            say("keep `full` within 1000"),
            "sum",
        )


def _digits(scheme: Scheme) -> Iterator[Finding]:
    """Points are whole numbers of their finest decimal; sums of products must hold in 38 digits."""
    finest = max((places(place.points) for place in scheme.places), default=0)
    if sum((place.points for place in scheme.places), Decimal(0)).scaleb(finest) >= MOST_DIGITS:
        what = say("the points have too many digits")
        yield ("indicators",), what, say("use smaller numbers, or fewer decimals"), "digits"


def _unique(scheme: Scheme) -> Iterator[Finding]:
    yield from _twice([(place.id, place.path) for place in scheme.places], say("an indicator"))
    yield from _twice(
        [(veto.id, ("vetoes", n)) for n, veto in enumerate(scheme.vetoes)], say("a veto")
    )
    yield from _twice(
        [(grade.grade, ("grades", n)) for n, grade in enumerate(scheme.grades)], say("a grade")
    )


def _twice(named: list[tuple[str, Path]], noun: Said) -> Iterator[Finding]:
    counts = Counter(name for name, _ in named)
    seen: set[str] = set()
    for name, path in named:
        if name in seen:
            yield (
                path,
                say(
                    "{name} stands {times} times",
                    name=say("{noun} {name}", noun=noun, name=name),
                    times=counts[name],
                ),
                say("give each a name of its own"),
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
            say("there is no indicator {name}", name=name),
            say("use one of {names}", names=few(place.id for place in scheme.places)),
            "unknown",
        )
    elif place.indicator.bonus:
        yield (
            path,
            say("{name} is a bonus and has no rate", name=name),
            say("use an indicator that has one"),
            "unknown",
        )


def _grades(scheme: Scheme) -> Iterator[Finding]:
    bounds = [(n, grade.min) for n, grade in enumerate(scheme.grades) if grade.min is not None]
    for (_, upper), (n, lower) in pairwise(bounds):
        if lower > upper:
            yield (
                ("grades", n, "min"),
                say("{lower} is above the better grade's {upper}", lower=lower, upper=upper),
                say("write the best grade first"),
                "order",
            )


def _vetoes(scheme: Scheme) -> Iterator[Finding]:
    known = [grade.grade for grade in scheme.grades]
    for n, veto in enumerate(scheme.vetoes):
        name = veto.effect.grade or veto.effect.cap_grade
        if name is not None and name not in known:
            right = (
                say("use one of {names}", names=few(known))
                if known
                else say("add `grades` to the scheme")
            )
            what = say("there is no grade {name}", name=name)
            yield ("vetoes", n, "effect"), what, right, "unknown"


WHOLE: list[Callable[[Scheme], Iterator[Finding]]] = [
    _full,
    _digits,
    _unique,
    _references,
    _grades,
    _vetoes,
]
