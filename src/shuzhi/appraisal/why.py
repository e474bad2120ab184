"""Why a unit has its score: from the full points down to the total, each step a sentence."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shuzhi.ballots.services import PollForm

from .figures import NOT_APPLICABLE
from .models import Result
from .queries.results import current_run, derivation_of
from .queries.scheme import scheme_of
from .view import Leaf, SchemeView

CENT = Decimal("0.01")
PERCENT = Decimal(100)


@dataclass(frozen=True)
class Group:
    """One category of raters: how many, what they gave, what that makes."""

    title: str
    weight: str
    count: int
    mean: Decimal  # in % of the scale's top
    spread: list[tuple[str, int]]


@dataclass(frozen=True)
class Step:
    """One step of the waterfall; `start` and `end` are points on the way from full to total."""

    indicator: str
    title: str
    rule: str  # in words, with its own numbers
    sentence: str
    change: Decimal  # what the step takes away (below 0) or adds
    start: Decimal
    end: Decimal
    earned: Decimal | None = None
    of: Decimal | None = None
    groups: list[Group] = field(default_factory=list)
    events: list[dict[str, str]] = field(default_factory=list)
    withheld: bool = False

    @property
    def left(self) -> Decimal:
        return min(self.start, self.end)

    @property
    def width(self) -> Decimal:
        return abs(self.start - self.end)


@dataclass(frozen=True)
class Explanation:
    """All steps, with the scale on which they are drawn."""

    full: Decimal
    total: str
    steps: list[Step]
    vetoes: list[tuple[str, str]]
    low: Decimal  # where the drawing begins
    high: Decimal

    @property
    def span(self) -> Decimal:
        return self.high - self.low


def _plain(number: Decimal) -> str:
    return f"{number.quantize(CENT).normalize():f}"


def _points(step: dict[str, Any]) -> dict[str, str]:
    weight = Decimal(step["weight"])
    return {"earned": _plain(weight * Decimal(step["counted"])), "of": _plain(weight)}


def _of_value(leaf: Leaf, step: dict[str, Any]) -> str:
    if leaf.kind == "flag":
        done = Decimal(step["counted"]) > 0
        return _("已经做到") if done else _("没有做到")
    target = step.get("target") or getattr(leaf.rule, "target", None)
    if target in {None, ""}:
        return _("数值 %(value)s") % {"value": step.get("value", "—")}
    facts = {"value": step.get("value", "—"), "target": target}
    return _("实际 %(value)s，目标 %(target)s") % facts


def _of_marks(step: dict[str, Any]) -> str:
    count = sum(row["count"] for row in step.get("categories", ()))
    return ngettext(
        "%(count)d 票，各类平均按权重合成 %(rate)s%%",
        "%(count)d 票，各类平均按权重合成 %(rate)s%%",
        count,
    ) % {"count": count, "rate": _plain(Decimal(step["counted"]) * PERCENT)}


def _of_events(step: dict[str, Any]) -> str:
    events = step.get("events", [])
    if not events:
        return _("没有加减分事项")
    return ngettext("%(count)d 件事项", "%(count)d 件事项", len(events)) % {"count": len(events)}


def _sentence(leaf: Leaf | None, step: dict[str, Any]) -> str:
    if leaf is None:
        return _("由下级指标合成")
    if leaf.kind == "ratings":
        return _of_marks(step)
    if leaf.kind == "events":
        return _of_events(step)
    return _of_value(leaf, step)


def _groups(step: dict[str, Any], titles: dict[str, str]) -> list[Group]:
    return [
        Group(
            titles.get(row["category"], row["category"]),
            row["weight"],
            row["count"],
            (Decimal(row["rate"]) * PERCENT).quantize(CENT),
            [(mark, count) for mark, count in row["counts"].items() if count],
        )
        for row in step.get("categories", ())
    ]


@dataclass(frozen=True)
class _Teller:
    """Tells the steps of one result in order, keeping where the waterfall stands."""

    view: SchemeView
    titles: dict[str, str]
    shows_breakdown: bool

    def leaf(self, step: dict[str, Any]) -> Leaf | None:
        return next((x for x in self.view.leaves if x.id == step["indicator"]), None)

    def counted(self, step: dict[str, Any], at: Decimal) -> Step:
        """Tell a step that counts towards the full points."""
        leaf = self.leaf(step)
        weight, rate = Decimal(step["weight"]), Decimal(step["counted"])
        groups = _groups(step, self.titles)
        return Step(
            step["indicator"],
            self.view.titles[step["indicator"]],
            leaf.words if leaf and leaf.kind != "ratings" else "",  # whose table names its parts
            _("%(what)s，得 %(earned)s 分（满分 %(of)s）")
            % {"what": _sentence(leaf, step), **_points(step)},
            -weight * (1 - rate),
            at,
            at - weight * (1 - rate),
            weight * rate,
            weight,
            groups if self.shows_breakdown else [],
            step.get("events", []),
            withheld=bool(groups) and not self.shows_breakdown,
        )

    def bonus(self, step: dict[str, Any], at: Decimal) -> Step:
        """Tell what a bonus indicator adds or takes."""
        points = Decimal(step["points"] or 0)
        return Step(
            step["indicator"],
            self.view.titles[step["indicator"]],
            leaf.words if (leaf := self.leaf(step)) else "",
            _("%(what)s，计 %(points)s 分")
            % {"what": _of_events(step), "points": f"{points.normalize():+f}" if points else "0"},
            points,
            at,
            at + points,
            events=step.get("events", []),
        )

    def inapplicable(self, step: dict[str, Any], at: Decimal) -> Step:
        """Tell that a leaf does not apply."""
        return Step(
            step["indicator"],
            self.view.titles[step["indicator"]],
            "",
            _("不适用，分值由同级其他指标分担"),
            Decimal(0),
            at,
            at,
        )

    def tell(self, steps: list[dict[str, Any]]) -> Iterator[Step]:
        at = self.view.scheme.whole
        leaves = {leaf.id: leaf for leaf in self.view.leaves}
        for step in steps:
            leaf = leaves.get(step["indicator"])
            if "weight" in step:
                told = self.counted(step, at)
            elif leaf is not None and leaf.bonus is not None:
                told = self.bonus(step, at)
            elif leaf is not None and (step["status"] == NOT_APPLICABLE or not step["rate"]):
                told = self.inapplicable(step, at)
            else:
                continue
            at = told.end
            yield told


def _rounding(last: Decimal, total: Decimal) -> Iterator[Step]:
    """Tell where rounding shows, as it may with fewer than two decimals."""
    if abs(total - last) >= CENT / 2:
        yield Step("", _("四舍五入"), "", _("按方案的小数位数"), total - last, last, total)


def explanation(result: Result) -> Explanation | None:
    """Return the derivation of a result as told to a reader; None without a stored one."""
    tree = derivation_of(result)
    review = result.entrant.review
    run = current_run(review)
    if tree is None or run is None or result.total is None:
        return None
    view = scheme_of(review)
    form = PollForm.model_validate(review.poll.form) if review.poll else None
    titles = {c.id: c.title for c in form.categories} if form else {}
    steps = list(_Teller(view, titles, run.shows_breakdown).tell(tree["steps"]))
    last = steps[-1].end if steps else view.scheme.whole
    steps += _rounding(last, result.total)
    ends = [point for step in steps for point in (step.start, step.end)]
    vetoes = [(view.vetoes.get(v["veto"], v["veto"]), v["basis"]) for v in tree["vetoes"]]
    low = max(Decimal(0), (min(ends) // 10 - 1) * 10)
    return Explanation(
        view.scheme.whole, result.shown_total, steps, vetoes, low, max(*ends, view.scheme.whole)
    )
