"""A scheme as the pages see it: leaves with their words, grades, vetoes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, gettext

from shuzhi.engine.say import Language
from shuzhi.engine.scheme import Place, Scheme, parse_scheme


def language() -> Language:
    """Return the reader's language, as the engine names it."""
    return "en" if (get_language() or "zh").startswith("en") else "zh"


def _title(titles: Mapping[Any, str] | None, fallback: str) -> str:
    known: Mapping[Any, str] = titles or {}
    title: str = known.get(language()) or next(iter(known.values()), fallback)
    return title


def _text(number: Decimal) -> str:
    return f"{number.normalize():f}"


@dataclass(frozen=True)
class Leaf:
    """One indicator that is measured: what it is called, how it counts, how many points."""

    id: str
    title: str
    kind: str
    points: Decimal
    rule: Any = field(repr=False, compare=False)
    bonus: Any = field(default=None, repr=False, compare=False)

    @property
    def words(self) -> str:
        """Say the rule in one sentence."""
        return str(_RULES[self.kind](self))


def _stepped(leaf: Leaf) -> str:
    return gettext("目标 %(target)s，每差 %(each)s 扣 %(deduct)s 分，扣完为止") % {
        "target": leaf.rule.target if leaf.rule.target is not None else "—",
        "each": _text(leaf.rule.each),
        "deduct": _text(leaf.rule.deduct),
    }


def _exceeding(leaf: Leaf) -> str:
    return gettext("上限 %(limit)s，每超 %(each)s 扣 %(deduct)s 分，扣完为止") % {
        "limit": leaf.rule.limit if leaf.rule.limit is not None else "—",
        "each": _text(leaf.rule.each),
        "deduct": _text(leaf.rule.deduct),
    }


def _ratio(leaf: Leaf) -> str:
    target = leaf.rule.target if leaf.rule.target is not None else "—"
    return gettext("按完成目标 %(target)s 的比例得分") % {"target": target}


def _events(leaf: Leaf) -> str:
    if leaf.bonus is None:
        return gettext("按发生的事项加减分")
    return gettext("按事项加减分，最低 %(low)s 分，最高 %(high)s 分") % {
        "low": leaf.bonus.min if leaf.bonus.min is not None else "—",
        "high": leaf.bonus.max if leaf.bonus.max is not None else "—",
    }


_RULES: dict[str, Any] = {
    "ratio": _ratio,
    "linear": lambda _leaf: gettext("在起点和满分点之间按比例得分"),
    "bands": lambda _leaf: gettext("按所在档次得分"),
    "flag": lambda _leaf: gettext("做到得满分，没做到不得分"),
    "shortfall": _stepped,
    "excess": _exceeding,
    "manual": lambda leaf: gettext("直接打分，满分 %(points)s") % {"points": _text(leaf.points)},
    "ratings": lambda _leaf: gettext("现场测评，各类测评人的平均分按权重合成"),
    "events": _events,
    "minmax": lambda _leaf: gettext("与其他单位比较得分"),
    "zscore": lambda _leaf: gettext("与其他单位比较得分"),
    "rank": lambda _leaf: gettext("按在各单位中的名次得分"),
    "percentile": lambda _leaf: gettext("按在各单位中的位置得分"),
}


@dataclass(frozen=True)
class SchemeView:
    """What pages and services ask of a scheme."""

    scheme: Scheme

    def _leaf(self, place: Place) -> Leaf:
        return Leaf(
            place.id,
            place.indicator.name(language()),
            place.rule.kind,
            place.points,
            place.rule,
            place.indicator.bonus,
        )

    @property
    def title(self) -> str:
        return _title(self.scheme.title, self.scheme.scheme)

    @property
    def leaves(self) -> list[Leaf]:
        return [self._leaf(place) for place in self.scheme.leaves]

    @property
    def figure_leaves(self) -> list[Leaf]:
        """Leaves that read a value from every unit."""
        return [leaf for leaf in self.leaves if leaf.kind not in {"ratings", "events"}]

    @property
    def event_leaves(self) -> list[Leaf]:
        return [leaf for leaf in self.leaves if leaf.kind == "events"]

    @property
    def rating_leaves(self) -> list[Leaf]:
        return [leaf for leaf in self.leaves if leaf.kind == "ratings"]

    @property
    def vetoes(self) -> dict[str, str]:
        return {veto.id: _title(veto.title, veto.id) for veto in self.scheme.vetoes}

    @property
    def grades(self) -> list[str]:
        """Grades, best first."""
        return [grade.grade for grade in self.scheme.grades]

    @property
    def quotas(self) -> dict[str, Any]:
        return {grade.grade: grade.quota for grade in self.scheme.grades if grade.quota}

    @property
    def titles(self) -> dict[str, str]:
        """Words of every indicator, branches too."""
        return {place.id: place.indicator.name(language()) for place in self.scheme.places}

    @property
    def scored_titles(self) -> dict[str, str]:
        """Words of the leaves that count towards the full score."""
        return {place.id: place.indicator.name(language()) for place in self.scheme.scored}

    def weight(self, indicator: str) -> Decimal:
        """Return how many points of the total an indicator carries.

        Below a branch that takes a mean the children's points are relative: they share its own.
        """
        place = self.scheme.find(indicator)
        if place is None or place.parent is None:
            return place.points if place else Decimal(0)
        parent = self.scheme.places[place.parent]
        whole = sum((child.points for child in self.scheme.children(parent)), Decimal(0))
        return self.weight(parent.id) * place.points / whole

    def places(self) -> Sequence[Place]:
        """Every indicator in the tree's order."""
        return self.scheme.places


@lru_cache(maxsize=64)
def view_of(text: str) -> SchemeView:
    """Return the view of a scheme's text. Raises the engine's `Faults`."""
    return SchemeView(parse_scheme(text))
