"""How marks became points: each category with its tally, then their weighted mean."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from shuzhi.engine.derive.facts import Row
from shuzhi.engine.derive.words import Words
from shuzhi.engine.explain import Node, plain
from shuzhi.engine.scheme import Place
from shuzhi.engine.scheme.rules import Trim


class Ratings(Words):
    """Leaves that read `ratings`."""

    def _ratings(self, node: Node, place: Place) -> None:
        node.rule = self.say("ratings")
        cells = {
            cell["category"]: cell for cell in self.facts.cells if cell["c_leaf"] == place.order
        }
        rows = self.facts.of_indicator("ratings", place.id)
        node.children = [
            self._category(
                place, name, cells.get(name), [row for row in rows if row["category"] == name]
            )
            for name in place.rule.categories
        ]
        live = [name for name, cell in cells.items() if cell["enough"]]
        ordered = [name for name in place.rule.categories if name in live]
        if node.status == "scored" and ordered:
            terms = " + ".join(
                f"{_rate_of(cells[name])}×{plain(place.rule.categories[name])}" for name in ordered
            )
            weight = plain(sum((place.rule.categories[name] for name in ordered), Decimal(0)))
            node.arithmetic = f"({terms}) ÷ {weight} = {self._rate(place)}; {self._earned(place)}"

    def _category(
        self, place: Place, name: str, cell: Row | None, rows: list[dict[str, str]]
    ) -> Node:
        rule = place.rule
        title = self.say("category", name=name, weight=plain(rule.categories[name]))
        own = [
            row
            for row in rows
            if name in rule.avoided and row.get("rater_unit") == self.facts.result["unit"]
        ]
        counted = [row for row in rows if row not in own]
        node = Node(f"{place.id}:{name}", title, self._within(rule), rows=rows)
        if own:
            node.rule += self.say("semicolon") + self.say("excluded", n=len(own))
        if cell is None or not cell["enough"]:
            node.status, node.rule = "na", self.say("short")
            return node
        node.value, node.of = _rate_of(cell), "1"
        scale = 10 ** _places(cell, rule)
        total = plain(Decimal(int(cell["total"])) / scale)
        kept = _kept(rule, counted)
        node.arithmetic = (
            f"{_tally(kept)}: {total} ÷ ({int(cell['left'])} × {plain(rule.top)}) = {node.value}"
        )
        return node

    def _within(self, rule: Any) -> str:
        if isinstance(rule.within, Trim):
            return self.say("trim", trim=rule.within.trim)
        return self.say(rule.within)


def _rate_of(cell: Row) -> str:
    return plain(Decimal(int(cell["rate"])).scaleb(-9))


def _places(cell: Row, rule: Any) -> int:
    """The decimals of a cell's whole numbers: its top against the rule's."""
    places = 0
    while rule.top.scaleb(places) != int(cell["top"]):
        places += 1
    return places


def _kept(rule: Any, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The marks that were added up: without the highest and the lowest that the rule drops."""
    ordered = sorted(rows, key=lambda row: _worth(rule, row["value"].strip()))
    first, last = rule.window(len(rows))
    return ordered[first:last]


def _worth(rule: Any, mark: str) -> Decimal:
    return Decimal(mark) if rule.numeric else Decimal(rule.scale[mark])


def _tally(rows: list[dict[str, str]]) -> str:
    """How often each mark was given: 好×3, 较好×5."""
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        counts[row["value"]] += 1
    return ", ".join(
        f"{mark}×{count}"
        for mark, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
