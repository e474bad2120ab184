"""How a total came about, as facts that a page turns into sentences in the reader's language."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from shuzhi.engine.scheme import Place

from .computing import Computation, Row, rows_of
from .view import Leaf, SchemeView

GRID = Decimal("1e-9")


def _by_unit(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["unit"], []).append(row)
    return found


def _value_facts(leaf: Leaf, rows: list[Row]) -> dict[str, Any]:
    row = next((r for r in rows if r["indicator"] == leaf.id), None)
    if row is None:
        return {}
    return {"value": row["value"], "target": row["target"]}


def _event_facts(leaf: Leaf, rows: list[Row]) -> dict[str, Any]:
    kept = [r for r in rows if r["indicator"] == leaf.id]
    return {"events": [{k: r[k] for k in ("points", "key", "reason")} for r in kept]}


def _middle(points: list[Decimal], within: Any) -> Decimal:
    """Return the mean, the median, or the mean without the highest and lowest."""
    ordered = sorted(points)
    if within == "median":
        half = len(ordered) // 2
        return (ordered[half] + ordered[~half]) / 2
    cut = getattr(within, "trim", 0)
    left = ordered[cut : len(ordered) - cut] or ordered
    return sum(left, Decimal(0)) / len(left)


def _category(leaf: Leaf, category: str, marks: list[str]) -> dict[str, Any]:
    scale = leaf.rule.scale
    points = [Decimal(m) if leaf.rule.numeric else Decimal(scale[m]) for m in marks]
    rate = (_middle(points, leaf.rule.within) / leaf.rule.top).quantize(GRID, ROUND_HALF_UP)
    counts = {mark: marks.count(mark) for mark in scale} if not leaf.rule.numeric else {}
    return {
        "category": category,
        "weight": str(leaf.rule.categories[category]),
        "count": len(marks),
        "rate": str(rate),
        "counts": counts,
    }


def _rating_facts(leaf: Leaf, marks: Mapping[str, list[str]]) -> dict[str, Any]:
    return {
        "categories": [
            _category(leaf, category, marks[category])
            for category in leaf.rule.categories
            if marks.get(category)
        ]
    }


def _live(rates: Mapping[str, str], place: Place) -> bool:
    return bool(rates.get(place.id)) or place.indicator.na != "rescale"


def _rate(rates: Mapping[str, str], place: Place) -> Decimal:
    if rates.get(place.id):
        return Decimal(rates[place.id])
    return Decimal(place.indicator.na == "full")


def _additive(place: Place) -> bool:
    return place.rule is None and place.indicator.aggregate in {None, "mean"}


def carried(view: SchemeView, rates: Mapping[str, str]) -> dict[str, Decimal]:
    """Return how many points of the total each measured step carries for one unit.

    What does not apply leaves its points to its live siblings. A branch that takes a geometric,
    harmonic or lowest mean is one step: its children's shares cannot be told apart.
    """
    found: dict[str, Decimal] = {}

    def share(places: Sequence[Place], points: Decimal) -> None:
        live = [place for place in places if _live(rates, place)]
        whole = sum((place.points for place in live), Decimal(0))
        for place in live:
            part = points * place.points / whole
            if _additive(place):
                share(view.scheme.children(place), part)
            else:
                found[place.id] = part

    share(view.scheme.top, view.scheme.whole)
    return found


def derivations(computation: Computation) -> dict[str, dict[str, Any]]:
    """Return by unit: its steps in the tree's order, with every row that they used."""
    view = computation.view
    leaves = {leaf.id: leaf for leaf in view.leaves}
    values = _by_unit(rows_of(computation.inputs.get("values.csv", b"")))
    events = _by_unit(rows_of(computation.inputs.get("events.csv", b"")))
    vetoes = _by_unit(rows_of(computation.inputs.get("vetoes.csv", b"")))

    def facts(unit: str, indicator: str) -> dict[str, Any]:
        leaf = leaves.get(indicator)
        if leaf is None:
            return {}
        if leaf.kind == "ratings":
            return _rating_facts(leaf, computation.marks.get(unit, {}).get(indicator, {}))
        if leaf.kind == "events":
            return _event_facts(leaf, events.get(unit, []))
        return _value_facts(leaf, values.get(unit, []))

    def steps(unit: str, rows: list[Row]) -> Iterator[dict[str, Any]]:
        rates = {row["indicator"]: row["rate"] for row in rows}
        weights = carried(view, rates)
        for row in rows:
            place = view.scheme.find(row["indicator"])
            step = {k: row[k] for k in ("indicator", "rate", "points", "of", "status")}
            if place is not None and place.id in weights:
                step |= {
                    "weight": str(weights[place.id].quantize(GRID)),
                    "counted": str(_rate(rates, place)),
                }
            yield step | facts(unit, row["indicator"])

    return {
        unit: {
            "steps": list(steps(unit, rows)),
            "vetoes": [
                {"veto": row["veto"], "basis": row["basis"]} for row in vetoes.get(unit, [])
            ],
        }
        for unit, rows in computation.nodes.items()
    }
