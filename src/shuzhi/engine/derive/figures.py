"""How a figure became points: the rule in words, and its arithmetic."""

from decimal import Decimal

from shuzhi.engine.derive.words import Words
from shuzhi.engine.explain import plain
from shuzhi.engine.scheme import Place


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
            case "rank" | "percentile" | "zscore":
                return self.say(
                    "zscore" if kind == "zscore" else "rank", peers=self.say(rule.within)
                )
        return self.say(kind)

    def _bands(self, bands: list[tuple[Decimal | None, Decimal]]) -> str:
        return self.say("comma").join(
            self.say("band", bound=plain(bound), rate=plain(rate))
            if bound is not None
            else self.say("band_rest", rate=plain(rate))
            for bound, rate in bands
        )

    def _figure(self, place: Place, rows: list[dict[str, str]]) -> str:
        """The figure, what the rule makes of it, and the points."""
        value, target = rows[0]["value"] if rows else "", self._target(place, rows)
        down = getattr(place.rule, "direction", "up") == "down"
        match place.rule.kind:
            case "ratio":
                step = f"{target} ÷ {value}" if down else f"{value} ÷ {target}"
            case "linear":
                zero, full = plain(place.rule.zero), plain(place.rule.full)
                step = f"({value} − {zero}) ÷ ({full} − {zero})"
            case "shortfall" | "excess":
                step = self._deducted(place, value, target)
            case "manual":
                step = f"{value} ÷ {plain(place.points)}"
            case "minmax":
                step = self._between(place, value, down=down)
            case "rank" | "percentile":
                step = self._among(place, value, down=down)
            case _:
                step = value
        return f"{step} = {self._rate(place)}; {self._earned(place)}"

    def _deducted(self, place: Place, value: str, target: str) -> str:
        rule = place.rule
        gap = (
            Decimal(target) - Decimal(value)
            if rule.kind == "shortfall"
            else Decimal(value) - Decimal(target)
        )
        steps = max(Decimal(0), (gap / rule.each).to_integral_value("ROUND_CEILING"))
        return (
            f"({plain(place.points)} − {plain(rule.deduct)}×{plain(steps)}) ÷ {plain(place.points)}"
        )

    def _between(self, place: Place, value: str, *, down: bool) -> str:
        figures = [Decimal(row["value"]) for row in self.facts.peers[place.id]]
        low, high = min(figures), max(figures)
        way = f"{high} − {value}" if down else f"{value} − {low}"
        return f"({way}) ÷ ({high} − {low})"

    def _among(self, place: Place, value: str, *, down: bool) -> str:
        own = Decimal(value)
        figures = [Decimal(row["value"]) for row in self.facts.peers[place.id]]
        below = sum(1 for figure in figures if (figure > own if down else figure < own))
        equal = sum(1 for figure in figures if figure == own) - 1
        return f"({below} + {equal}÷2) ÷ {len(figures) - 1}" if len(figures) > 1 else "1"
