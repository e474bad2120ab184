"""The derivation whole: the total on top, then its indicators, then rank and grade."""

from decimal import Decimal

from shuzhi.engine.derive.events import Events
from shuzhi.engine.derive.figures import Figures
from shuzhi.engine.derive.ratings import Ratings
from shuzhi.engine.derive.standing import Standing
from shuzhi.engine.explain import Node, plain
from shuzhi.engine.scheme import Place
from shuzhi.engine.scheme.models import is_relative


class Derivation(Figures, Events, Ratings, Standing):
    """Turns facts into a tree of words and arithmetic."""

    def tree(self) -> Node:
        """The total on top, then its indicators, then rank and grade."""
        result = self.facts.result
        top = [place for place in self.scheme.places if place.depth == 0]
        return Node(
            id=result["unit"],
            title=result["name"] or result["unit"],
            rule=self.say(
                "total" if self.scheme.bonuses else "total_plain", full=plain(self.scheme.whole)
            ),
            arithmetic=self._total(),
            value=result["total"],
            of=plain(self.scheme.whole),
            status=result["status"],
            children=[*map(self._node, top), self._standing()],
        )

    def _total(self) -> str:
        if not self.facts.result["total"]:
            return ""
        parts = self._weighted(self.scheme.top)
        whole = plain(self.scheme.whole)
        bonus = Decimal(self.facts.result["bonus"])
        added = (
            "" if not self.scheme.bonuses else f" {'−' if bonus < 0 else '+'} {plain(abs(bonus))}"
        )
        rounded = self.say("rounded", places=self.scheme.rounding.places)
        return f"{whole} × {parts}{added} → {self.facts.result['total']}{rounded}"

    def _weighted(self, children: list[Place]) -> str:
        """(rate × points + …) ÷ (points + …) over those that are live."""
        live = [place for place in children if self.facts.nodes[place.id]["rate"]]
        terms = " + ".join(f"{self._rate(p)}×{plain(p.points)}" for p in live)
        return f"({terms}) ÷ {plain(sum((p.points for p in live), Decimal(0)))}"

    def _node(self, place: Place) -> Node:
        facts = self.facts.nodes[place.id]
        points = plain(Decimal(facts["points"])) if facts["points"] else "—"
        node = Node(
            place.id,
            place.indicator.name(self.language),
            value=points,
            of=facts["of"],
            status=facts["status"],
        )
        if place.rule is None:
            self._branch(node, place)
        else:
            self._leaf(node, place)
        if node.status != "scored":
            bonus = place.indicator.bonus is not None
            node.rule = self.say("na_bonus") if bonus else self._not_scored(node, facts["rate"])
        return node

    def _not_scored(self, node: Node, rate: str) -> str:
        counted = ("_full" if Decimal(rate) else "_zero") if rate else ""
        return self.say(node.status + counted)

    def _branch(self, node: Node, place: Place) -> None:
        style = place.indicator.aggregate
        node.rule = self.say("branch" if style in {None, "mean"} else str(style))
        children = self.scheme.children(place)
        node.children = [self._node(child) for child in children]
        if not any(self.facts.nodes[child.id]["rate"] for child in children):
            node.status = "na"  # what stands in for it is not the mean of anything
        if node.status == "scored":
            joined = (
                f"{self._weighted(children)} ="
                if style in {None, "mean"}
                else f"{self._listed(children)} →"
            )
            node.arithmetic = f"{joined} {self._rate(place)}; {self._earned(place)}"

    def _listed(self, children: list[Place]) -> str:
        return ", ".join(
            f"{self._rate(p)}×{plain(p.points)}" for p in children if self.facts.nodes[p.id]["rate"]
        )

    def _leaf(self, node: Node, place: Place) -> None:
        kind = place.rule.kind
        node.rows = self.facts.of_indicator("values", place.id)
        if kind in {"ratings", "events"} and node.rows:  # what says `na` puts all else aside
            node.status = "na"
        elif kind == "ratings":
            self._ratings(node, place)
        elif kind == "events":
            self._events(node, place)
        else:
            node.rule = self._rule(place, node.rows)
            node.arithmetic = self._figure(place, node.rows) if node.status == "scored" else ""
            if is_relative(place) and node.status == "scored":
                peers = self.facts.peers[place.id]
                node.rows = peers.rows
                if len(peers.rows) < peers.count:
                    node.rule += self.say("first_of", shown=len(peers.rows), count=peers.count)
