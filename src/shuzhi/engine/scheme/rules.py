"""How a leaf turns data into a rate: one model a kind, as the scheme language names them."""

from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from shuzhi.engine.say import say
from shuzhi.engine.scheme.values import Label, Number, Part, Percent, Positive, Whole

MOST_MARK = 10**8  # a mark has at most eight digits before the point
Direction = Literal["up", "down"]
Peers = Literal["group", "all"]


class Ratio(Part):
    """Value over target, at most `cap`; down: target over value."""

    kind: Literal["ratio"]
    target: Number | None = None
    cap: Annotated[Positive, Field(le=10)] = Decimal(1)
    direction: Direction = "up"

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if self.target is not None and (
            self.target < 0 or (self.target == 0 and self.direction == "up")
        ):
            raise ValueError(say("the target must be above 0 (with direction: down, not below 0)"))
        return self


class Linear(Part):
    """0 at `zero`, 1 at `full`, straight between."""

    kind: Literal["linear"]
    zero: Number
    full: Number

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if self.zero == self.full:
            raise ValueError(say("zero and full must differ"))
        return self


def _pair(value: object) -> object:
    if not isinstance(value, list | tuple) or len(value) != 2:  # noqa: PLR2004 - a bound and a rate
        example = "[60, 80]"
        what = say("must be a lower bound and a rate in per cent, as in {example}", example=example)
        raise ValueError(what)
    return value


Band = Annotated[tuple[Number | None, Percent], BeforeValidator(_pair)]


class Bands(Part):
    """The rate of the first band whose lower bound the value reaches."""

    kind: Literal["bands"]
    bands: Annotated[list[Band], Field(min_length=1)]

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        bounds = [bound for bound, _ in self.bands]
        if bounds[-1] is not None or None in bounds[:-1]:
            raise ValueError(
                say("the last band, and it alone, has no lower bound (write null in the text)")
            )
        numbers = [bound for bound in bounds if bound is not None]
        if any(upper <= lower for upper, lower in pairwise(numbers)):
            raise ValueError(
                say(
                    "bounds must descend without overlap,"
                    " for example [[90, 100], [60, 70], [null, 0]]"
                )
            )
        return self


class Flag(Part):
    """Done or not done."""

    kind: Literal["flag"]


class Shortfall(Part):
    """Points taken off for every step that the value falls short of the target."""

    kind: Literal["shortfall"]
    target: Number | None = None
    each: Positive = Decimal(1)
    deduct: Positive


class Excess(Part):
    """Points taken off for every step that the value goes beyond the limit."""

    kind: Literal["excess"]
    limit: Number | None = None
    each: Positive = Decimal(1)
    deduct: Positive


class Manual(Part):
    """The points that somebody gave."""

    kind: Literal["manual"]


class Trim(Part):
    """Drop so many of the highest and of the lowest marks of a category."""

    trim: Annotated[Whole, Field(gt=0)]


def _middle(value: object) -> object:
    """A word or a number of marks to drop: one sentence says what would be right."""
    if value in ("mean", "median"):
        return value
    try:
        return Trim.model_validate(value)
    except ValidationError as error:
        what = say("must be mean, median or {example}", example="{trim: 1}")
        raise ValueError(what) from error


def _recused(value: object) -> object:
    """Everybody, nobody, or categories by name."""
    if isinstance(value, bool) or (isinstance(value, list) and all(map(_is_name, value))):
        return value
    example = "[B, C]"
    raise ValueError(
        say("must be true, false or a list of categories, as in {example}", example=example)
    )


def _is_name(value: object) -> bool:
    return isinstance(value, str | int | Decimal) and not isinstance(value, bool)


class Ratings(Part):
    """The weighted mean of what each category of raters gave."""

    kind: Literal["ratings"]
    scale: Annotated[dict[Label, Annotated[Number, Field(lt=MOST_MARK)]], Field(min_length=1)]
    categories: Annotated[dict[Label, Annotated[Number, Field(ge=0)]], Field(min_length=1)]
    within: Annotated[Literal["mean", "median"] | Trim, BeforeValidator(_middle)] = "mean"
    min_marks: Annotated[Whole, Field(gt=0)] = 1
    short: Literal["stop", "renormalise"] = "stop"
    exclude_own: Annotated[bool | list[Label], BeforeValidator(_recused)] = False

    @property
    def numeric(self) -> bool:
        """Marks are numbers from … to …, not names of grades."""
        return set(self.scale) == {"from", "to"}

    @property
    def top(self) -> Decimal:
        """The highest mark there is: a rate of 1."""
        return self.scale["to"] if self.numeric else max(self.scale.values())

    @property
    def avoided(self) -> list[str]:
        """The categories whose marks for their own unit are left out."""
        if isinstance(self.exclude_own, list):
            return self.exclude_own
        return list(self.categories) if self.exclude_own else []

    def window(self, count: int) -> tuple[int, int]:
        """Which of so many sorted marks are kept; none when there are too few."""
        trim = self.within.trim if isinstance(self.within, Trim) else 0
        if count < self.min_marks or count <= 2 * trim:
            return 0, 0
        if self.within == "median":
            return (count - 1) // 2, count // 2 + 1
        return trim, count - trim

    @model_validator(mode="after")
    def _sound(self) -> Self:
        total = sum(self.categories.values())
        if total != 100:  # noqa: PLR2004 - per cent
            raise ValueError(
                say("the categories' weights must add up to 100, not {total}", total=total)
            )
        if {"from", "to"} & self.scale.keys() and not self.numeric:
            raise ValueError(say("a scale of numbers has `from` and `to`, and nothing else"))
        if self.top <= 0 or min(self.scale.values()) < 0:
            raise ValueError(say("the scale must not go below 0, and its top must be above 0"))
        if self.numeric and self.scale["from"] >= self.scale["to"]:
            raise ValueError(say("the scale's `from` must be below its `to`"))
        if unknown := [name for name in self.avoided if name not in self.categories]:
            raise ValueError(say("exclude_own names {name}, which is no category", name=unknown[0]))
        return self


def _no_truth(value: object) -> object:
    """A value; false is not 0."""
    return str(value).lower() if isinstance(value, bool) else value


class Events(Part):
    """Points for what happened, on top of where one starts."""

    kind: Literal["events"]
    start: Annotated[Literal["full", 0], BeforeValidator(_no_truth)] = 0
    once: Literal["highest"] | None = None


class Relative(Part):
    """Where a unit stands among its peers."""

    kind: Literal["minmax", "zscore", "rank", "percentile"]
    direction: Direction = "up"
    within: Peers = "group"


Rule = Annotated[
    Ratio | Linear | Bands | Flag | Shortfall | Excess | Manual | Ratings | Events | Relative,
    Field(discriminator="kind"),
]
