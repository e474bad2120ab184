"""How events became points: what counted, from where, within which bounds."""

from collections import defaultdict
from decimal import Decimal

from shuzhi.engine.derive.words import Words
from shuzhi.engine.explain import Node, plain
from shuzhi.engine.scheme import Place


class Events(Words):
    """Leaves that read `events`."""

    def _events(self, node: Node, place: Place) -> None:
        rule, bonus = place.rule, place.indicator.bonus
        start = plain(place.points) if rule.start == "full" else "0"
        low = "0" if bonus is None else "−∞" if bonus.min is None else plain(bonus.min)
        high = (
            plain(place.points) if bonus is None else "∞" if bonus.max is None else plain(bonus.max)
        )
        words = [self.say("events", start=start, low=low, high=high)]
        if rule.once:
            words.append(self.say("events_once"))
        node.rule = self.say("semicolon").join(words)
        node.rows = self.facts.of_indicator("events", place.id)
        counted = self._counted(node.rows, once=rule.once is not None)
        terms = "".join(f" {'−' if points < 0 else '+'} {plain(abs(points))}" for points in counted)
        if node.status == "scored":
            node.arithmetic = f"{start}{terms} → {node.value}"

    def _counted(self, rows: list[dict[str, str]], *, once: bool) -> list[Decimal]:
        """The points that count: of rows with one key.

        The highest bonus and the heaviest deduction.
        """
        keyed: dict[str, list[Decimal]] = defaultdict(list)
        counted = []
        for row in rows:
            if once and row.get("key"):
                keyed[row["key"]].append(Decimal(row["points"]))
            else:
                counted.append(Decimal(row["points"]))
        for points in keyed.values():
            counted += (
                [p for p in (max(points), min(points)) if p]
                if max(points) > 0 > min(points)
                else [max(points, key=abs)]
            )
        return counted
