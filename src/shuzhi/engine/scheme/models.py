"""A scheme as typed models: what a clerk writes, resolved so that programs can walk it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PrivateAttr, model_validator

from shuzhi.engine.say import say
from shuzhi.engine.scheme.rules import Events, Ratings, Relative, Rule
from shuzhi.engine.scheme.values import (
    MOST_POINTS,
    Label,
    Number,
    Part,
    Positive,
    Share,
    Title,
    Whole,
)

Bound = Annotated[Number, Field(ge=-MOST_POINTS, le=MOST_POINTS)]


class Rounding(Part):
    """To how many decimals the published total is rounded, half up."""

    places: Annotated[Whole, Field(ge=0, le=4)] = 2


class Ranking(Part):
    """Who is ranked with whom, and how equal ones are told apart and counted."""

    within: Literal["group", "all"] = "group"
    ties: Literal["standard", "dense"] = "standard"
    tiebreak: list[Label] = Field(default_factory=list)


class Bonus(Part):
    """The bounds of what a bonus indicator can add to or take from the total."""

    min: Bound | None = None
    max: Bound | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(say("min must not be above max"))
        return self


class Indicator(Part):
    """A branch with children, or a leaf with a rule."""

    id: Label
    title: Title | None = None
    points: Annotated[Positive, Field(le=MOST_POINTS)] | None = None
    children: Annotated[list["Indicator"], Field(min_length=1)] | None = None
    rule: Rule | None = None
    aggregate: Literal["mean", "geometric", "harmonic", "minimum"] | None = None
    na: Literal["rescale", "full", "zero"] = "rescale"
    missing: Literal["zero", "na"] | None = None
    bonus: Bonus | None = None

    def name(self, language: Literal["zh", "en"] = "zh") -> str:
        """The title in a language, or what there is."""
        titles = self.title or {}
        return titles.get(language) or next(iter(titles.values()), self.id)


class Effect(Part):
    """What a veto does: one of three."""

    grade: Label | None = None
    cap_grade: Label | None = None
    unranked: Literal[True] | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise ValueError(say("give exactly one of grade, cap_grade, unranked"))
        return self


class Veto(Part):
    """A happening that overrules the grade (一票否决)."""

    id: Label
    title: Title | None = None
    effect: Effect


class Quota(Part):
    """How many of a peer group may have a grade."""

    share: Share | None = None
    round: Literal["floor", "round", "ceil"] = "floor"
    count: Annotated[Whole, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.share is None) == (self.count is None):
            raise ValueError(say("give a share or a count"))
        return self


class Requirement(Part):
    """A rate in % that an indicator must reach for a grade."""

    indicator: Label
    min_rate: Annotated[Number, Field(ge=0, le=1000)]  # `cap` lets a rate go up to 10


class Grade(Part):
    """One grade: from which total, for how many, on which conditions."""

    grade: Label
    min: Number | None = None
    quota: Quota | None = None
    require: list[Requirement] = Field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """An indicator in its tree, in the tree's order, with the points that it really has."""

    order: int
    indicator: Indicator
    parent: int | None
    depth: int
    points: Decimal
    path: tuple[str | int, ...]

    @property
    def id(self) -> str:
        return self.indicator.id

    @property
    def rule(self) -> Any:
        return self.indicator.rule


class Scheme(Part):
    """A scheme (考核方案): indicators, vetoes, grades and how totals are rounded and ranked."""

    scheme: Label
    version: Label = "1"
    title: Title | None = None
    period: Label | None = None
    full: Annotated[Positive, Field(le=1000)] | None = None
    rounding: Rounding = Rounding()
    rank_on: Literal["published", "exact"] = "published"
    ranking: Ranking = Ranking()
    indicators: Annotated[list[Indicator], Field(min_length=1)]
    vetoes: list[Veto] = Field(default_factory=list)
    grades: list[Grade] = Field(default_factory=list)
    _digest: str = PrivateAttr("")

    @property
    def digest(self) -> str:
        """SHA-256 of the text that the scheme was read from."""
        return self._digest

    @cached_property
    def places(self) -> list[Place]:
        """Every indicator, parents before children, in the tree's order."""
        return list(_walk(self.indicators, None, 0, ("indicators",), [0]))

    @cached_property
    def leaves(self) -> list[Place]:
        """The indicators that have a rule, bonus included."""
        return [place for place in self.places if place.rule is not None]

    @property
    def scored(self) -> list[Place]:
        """The leaves that count towards `full`."""
        return [place for place in self.leaves if place.indicator.bonus is None]

    @property
    def bonuses(self) -> list[Place]:
        return [place for place in self.leaves if place.indicator.bonus is not None]

    @property
    def top(self) -> list[Place]:
        """The top indicators that count towards `full`."""
        return [place for place in self.places if place.depth == 0 and not place.indicator.bonus]

    @property
    def whole(self) -> Decimal:
        """What a unit with every rate 1 gets: `full`, or the sum of the top points."""
        return self.full if self.full is not None else sum((p.points for p in self.top), Decimal(0))

    def find(self, indicator: str) -> Place | None:
        return next((place for place in self.places if place.id == indicator), None)

    def children(self, place: Place) -> list[Place]:
        return [child for child in self.places if child.parent == place.order]

    def of_kind(self, *kinds: str) -> list[Place]:
        return [place for place in self.leaves if place.rule.kind in kinds]


def reads_values(place: Place) -> bool:
    """Whether a leaf needs a row of values from every unit."""
    return not isinstance(place.rule, Ratings | Events)


def is_relative(place: Place) -> bool:
    return isinstance(place.rule, Relative)


def resolved_points(indicator: Indicator) -> Decimal:
    """An indicator's own points, or the sum of its children's."""
    if indicator.points is not None:
        return indicator.points
    return sum((resolved_points(child) for child in indicator.children or []), Decimal(0))


def _walk(
    indicators: list[Indicator],
    parent: int | None,
    depth: int,
    path: tuple[str | int, ...],
    count: list[int],
) -> Iterator[Place]:
    for index, indicator in enumerate(indicators):
        order, here = count[0], (*path, index)
        count[0] += 1
        yield Place(order, indicator, parent, depth, resolved_points(indicator), here)
        yield from _walk(indicator.children or [], order, depth + 1, (*here, "children"), count)
