"""How a figure became points: the rule in words, and its arithmetic."""

from decimal import Decimal
from fractions import Fraction
from math import ceil

from shuzhi.engine.derive.words import Words
from shuzhi.engine.explain import plain
from shuzhi.engine.scheme import Place

HALF = Fraction(1, 2 * 10**9)  # of the last place of a rate
Step = tuple[str, Fraction | None]  # its words, and what they come to where that can be told


class Figures(Words):
    """Leaves that read `values`."""

    def _target(self, place: Place, rows: list[dict[str, str]]) -> str:
        own = rows[0].get("target", "") if rows else ""
        stated = getattr(place.rule, "target", None) or getattr(place.rule, "limit", None)
        return own or (plain(stated) if stated is not None else "0")

    def _rule(self, place: Place, rows: list[dict[str, str]]) -> str:  # noqa: PLR0911 - a line a kind
        rule, kind = place.rule, place.rule.kind
        down = getattr(rule, "direction", "up") == "down"
        match kind:
            case "ratio":
                return self.say("ratio_down" if down else "ratio", cap=plain(rule.cap))
            case "linear":
                return self.say("linear", zero=plain(rule.zero), full=plain(rule.full))
            case "bands":
                return self.say("bands", bands=self._bands(rule.bands))
            case "shortfall" | "excess":
                return self.say(
                    kind,
                    target=self._target(place, rows),
                    each=plain(rule.each),
                    deduct=plain(rule.deduct),
                )
            case "minmax":
                return self.say("minmax_down" if down else kind, peers=self.say(rule.within))
            case "rank" | "percentile":
                return self.say("rank_down" if down else "rank", peers=self.say(rule.within))
            case "zscore":
                return self.say("zscore_down" if down else kind, peers=self.say(rule.within))
        return self.say(kind)

    def _bands(self, bands: list[tuple[Decimal | None, Decimal]]) -> str:
        return self.say("comma").join(
            self.say("band", bound=plain(bound), rate=plain(rate))
            if bound is not None
            else self.say("band_rest", rate=plain(rate))
            for bound, rate in bands
        )

    def _figure(self, place: Place, rows: list[dict[str, str]]) -> str:
        """The figure, what the rule makes of it, and the points.

        An equals sign stands only where both sides are equal (to the 9 places of a rate); where
        the rule holds a figure within bounds, or looks it up, an arrow does.
        """
        step, exact = self._step(place, rows)
        rate = Fraction(self.facts.nodes[place.id]["rate"])
        sign = "=" if exact is not None and abs(exact - rate) <= HALF else "→"
        return f"{step} {sign} {self._rate(place)}; {self._earned(place)}"

    def _step(self, place: Place, rows: list[dict[str, str]]) -> Step:
        rule, value = place.rule, rows[0]["value"]
        match rule.kind:
            case "bands" | "flag":
                return value, None
            case "minmax" | "rank" | "percentile" | "zscore":
                return self._standing_of(place)
        figure, target = Decimal(value), Decimal(self._target(place, rows))
        match rule.kind:
            case "ratio":
                down = rule.direction == "down"
                return _quotient(target, figure) if down else _quotient(figure, target)
            case "linear":
                way = f"({plain(figure)} − {plain(rule.zero)})"
                exact = Fraction(figure - rule.zero) / Fraction(rule.full - rule.zero)
                return f"{way} ÷ ({plain(rule.full)} − {plain(rule.zero)})", exact
            case "manual":
                return _quotient(figure, place.points)
        return _deducted(place, target - figure if rule.kind == "shortfall" else figure - target)

    def _standing_of(self, place: Place) -> Step:
        """Where the figure stands among its peers, in the terms of the rule."""
        peers, kind = self.facts.peers[place.id], place.rule.kind
        if peers.count == 1 or (kind in {"minmax", "zscore"} and peers.lowest == peers.highest):
            return self.say("alone" if peers.count == 1 else "level"), None
        own, low, high = map(plain, (peers.own, peers.lowest, peers.highest))
        down = place.rule.direction == "down"
        if kind == "zscore":
            return f"({own} − {peers.mean:.6g}) ÷ {peers.deviation:.6g}", None
        if kind == "minmax":
            way = peers.highest - peers.own if down else peers.own - peers.lowest
            exact = Fraction(way) / Fraction(peers.highest - peers.lowest)
            return f"({f'{high} − {own}' if down else f'{own} − {low}'}) ÷ ({high} − {low})", exact
        below = peers.count - peers.below - peers.equal if down else peers.below
        others, equal = peers.count - 1, peers.equal - 1
        return f"({below} + {equal}÷2) ÷ {others}", Fraction(2 * below + equal, 2 * others)


def _quotient(top: Decimal, bottom: Decimal) -> Step:
    if not bottom:  # less is better, and there is nothing: the cap
        return plain(bottom), None
    return f"{plain(top)} ÷ {plain(bottom)}", Fraction(top) / Fraction(bottom)


def _deducted(place: Place, gap: Decimal) -> Step:
    """What is left of the points after so much for every step of the gap begun."""
    rule, points = place.rule, plain(place.points)
    steps = max(0, ceil(Fraction(gap) / Fraction(rule.each)))
    left = Fraction(place.points) - Fraction(rule.deduct) * steps
    return f"({points} − {plain(rule.deduct)}×{steps}) ÷ {points}", left / Fraction(place.points)
