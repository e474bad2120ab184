"""A picture of a mechanism: what it is made of, and how much each part weighs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shuzhi.kernel.language import language
from shuzhi.kernel.statecharts import Chart, Step, chart


@dataclass(frozen=True)
class Bar:
    """One part: its words, its figure, and how long it is drawn (0 to 100)."""

    title: str
    figure: str
    width: int


def words(title: Any) -> str:
    """Return a title in the reader's language; packs give one text or one for each language."""
    if isinstance(title, Mapping):
        return str(title.get(language()) or next(iter(title.values())))
    return str(title)


def _bars(rows: Sequence[Mapping[str, Any]], key: str) -> list[Bar]:
    """Return the rows as bars, the heaviest filling the width."""
    weights = [Decimal(str(row.get(key, 0))) for row in rows]
    most = max(weights, default=Decimal(0)) or Decimal(1)
    return [
        Bar(words(row["title"]), f"{weight:f}", int(100 * weight / most))
        for row, weight in zip(rows, weights, strict=True)
    ]


def _leaves(indicators: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the indicators that earn points, those of a branch in its place."""
    found: list[Mapping[str, Any]] = []
    for indicator in indicators:
        children = indicator.get("children")
        if children:
            found += _leaves(children)
        elif "points" in indicator:
            found.append(indicator)
    return found


def bars_of(body: Mapping[str, Any]) -> list[Bar]:
    """Return the weights of a poll's raters, or the points of a scheme's indicators."""
    if "indicators" in body:
        return _bars(_leaves(body["indicators"]), "points")
    weighed = [row for row in body.get("categories", ()) if "weight" in row]
    return _bars(weighed, "weight")


def steps_of(body: Mapping[str, Any]) -> list[str]:
    """Return the course of a meeting."""
    return [words(title) for title in body.get("agenda", ())]


def chart_of(body: Mapping[str, Any]) -> Chart | None:
    """Return the flow of a matter as a picture; other kinds have none."""
    if "transitions" not in body:
        return None
    states = [(row["id"], words(row["label"])) for row in body["states"]]
    steps = (
        Step(source, row["to"], words(row["label"]))
        for row in body["transitions"]
        for source in row["from"]
    )
    return chart(states, steps)
