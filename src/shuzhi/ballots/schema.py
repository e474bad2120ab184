"""What a poll asks and what a ballot may say: typed, validated, frozen when the poll opens."""

from decimal import Decimal
from typing import Annotated, Any, Self

from django.utils.translation import gettext as _
from pydantic import Field, StringConstraints, model_validator

from shuzhi.kernel.content import Frozen

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")]
Subject = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$")]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
MarkName = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^|\s]{1,20}$")]
OVERALL = "overall"
REMARK_LIMIT = 200  # characters


class Item(Frozen):
    """One thing rated of every reporter."""

    id: Key
    title: Title


class Choices(Frozen):
    """Named marks with their points, best first (好 100, 较好 85 …)."""

    choices: dict[MarkName, Decimal] = Field(min_length=2, max_length=8)

    def points(self, value: str) -> Decimal | None:
        """Return the points of a mark, or None if the scale does not know it."""
        return self.choices.get(value)

    def values(self) -> list[str]:
        """Return the marks a rater may give, best first."""
        return list(self.choices)


class Span(Frozen):
    """Whole numbers from … to …, by steps."""

    from_: int = Field(alias="from", ge=0)
    to: int = Field(le=1000)
    step: int = Field(default=1, ge=1)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.to <= self.from_ or (self.to - self.from_) % self.step:
            raise ValueError(_("from 必须小于 to，且两者之差是 step 的整数倍"))
        return self

    def points(self, value: str) -> Decimal | None:
        """Return the number, or None if it lies outside or between the steps."""
        if not (value.isascii() and value.isdigit() and len(value) <= len(str(self.to))):
            return None
        number = int(value)
        fits = self.from_ <= number <= self.to and (number - self.from_) % self.step == 0
        return Decimal(number) if fits and str(number) == value else None

    def values(self) -> list[str]:
        """Return the marks a rater may give, best first."""
        return [str(number) for number in range(self.to, self.from_ - 1, -self.step)]


class RaterCategory(Frozen):
    """Who rates: a class of raters with its weight; `recuse`: nobody rates the own unit (回避)."""

    id: Key
    title: Title
    weight: Decimal = Field(ge=0, le=100)
    recuse: bool = False


class PollForm(Frozen):
    """The form of a poll: items, scale, categories, whether remarks are asked, the minimum.

    `min_marks`: fewer marks than this in a category are never shown apart.
    """

    items: tuple[Item, ...] = Field(
        default=(Item(id=OVERALL, title="总体评价"),), min_length=1, max_length=20
    )
    scale: Choices | Span
    categories: tuple[RaterCategory, ...] = Field(min_length=1, max_length=12)
    remark: bool = True
    min_marks: int = Field(default=5, ge=1, le=100)

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        for name, rows in (("items", self.items), ("categories", self.categories)):
            ids = [row.id for row in rows]
            if len(set(ids)) < len(ids):
                raise ValueError(_("%(name)s 中有重复的 id") % {"name": name})
        return self

    def category(self, key: str) -> RaterCategory | None:
        """Return the category with this id."""
        return next((row for row in self.categories if row.id == key), None)

    def fault_of(self, mark: str, item: str | None = None) -> str:
        """Say why `mark` cannot be given, on `item` if it is named; nothing when it can."""
        if item is not None and all(row.id != item for row in self.items):
            return _("“%(item)s”不是这张测评表的项目。") % {"item": item}
        if self.scale.points(mark) is None:
            return _("“%(value)s”不是可以选的评分。") % {"value": mark}
        return ""

    def stored(self) -> dict[str, Any]:
        """Return the form as JSON values, as the database and the pack keep it."""
        return self.model_dump(mode="json", by_alias=True)


class Fact(Frozen):
    """One routine figure shown beside the form."""

    label: Title
    value: Annotated[str, StringConstraints(max_length=60)]


class CardSpec(Frozen):
    """One reporter as raters see them; `subject` is the unit's code."""

    subject: Subject
    name: Title
    unit_title: Title
    lines: tuple[Annotated[str, StringConstraints(max_length=120)], ...] = Field(
        default=(), max_length=2
    )
    figures: tuple[Fact, ...] = Field(default=(), max_length=30)
    report: Annotated[str, StringConstraints(max_length=50_000)] = ""
