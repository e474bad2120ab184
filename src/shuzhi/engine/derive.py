"""The derivation of one unit's score.

Spelled out from what the program calculated and the rows it read.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from shuzhi.engine.explain import Language, Node, plain
from shuzhi.engine.faults import Fault, Faults
from shuzhi.engine.phrases import say
from shuzhi.engine.scheme import Place, Scheme
from shuzhi.engine.scheme.models import is_relative
from shuzhi.engine.scheme.rules import Trim

if TYPE_CHECKING:
    from shuzhi.engine.run import Run

Row = dict[str, Any]
SHOWN = {
    "values": ["indicator", "value", "target"],
    "ratings": ["indicator", "category", "rater", "value", "rater_unit"],
    "events": ["indicator", "points", "key", "reason"],
    "vetoes": ["veto", "basis"],
}
MOST_PEERS = 2000


@dataclass
class Facts:
    """What is known of one unit: its result, its nodes, the rows about it.

    The figures of its peers.
    """

    result: dict[str, str]
    nodes: dict[str, dict[str, str]]
    rows: dict[str, list[dict[str, str]]]
    cells: list[Row] = field(default_factory=list)
    peers: dict[str, list[Row]] = field(default_factory=dict)
    field_size: int = 0

    @classmethod
    def of(cls, run: "Run", unit: str) -> "Facts":
        """Collect them from a calculation. Raises Faults for a unit that there is not."""
        from shuzhi.engine import outputs

        result = [
            row
            for batch in outputs.results(run, unit)
            for row in outputs.results_text(run.scheme, batch).to_pylist()
        ]
        if not result:
            raise Faults(
                [Fault("--explain", f"there is no unit {unit}", "name one of units", "unit")]
            )
        nodes = [
            row
            for batch in outputs.nodes(run, unit)
            for row in outputs.nodes_text(batch).to_pylist()
        ]
        facts = cls(_texts(result[0]), {row["indicator"]: _texts(row) for row in nodes}, {})
        for name in SHOWN:
            if name in run.inputs:
                facts.rows[name] = _rows(run, name, unit)
        if "ratings" in run.inputs and run.scheme.of_kind("ratings"):
            facts.cells = run.backend.fetch(run.cells.filter(run.cells.unit == unit)).to_pylist()
        for place in filter(is_relative, run.scheme.leaves):
            facts.peers[place.id] = _peers(run, place, facts.result["group"])
        standing = run.standing.filter(run.standing.unit == unit).select("field")
        facts.field_size = int(run.backend.fetch(standing)["field"][0].as_py() or 0)
        return facts

    def of_indicator(self, table: str, indicator: str) -> list[dict[str, str]]:
        return [row for row in self.rows.get(table, []) if row["indicator"] == indicator]


def _texts(row: Row) -> dict[str, str]:
    return {name: "" if value is None else str(value) for name, value in row.items()}


def _rows(run: "Run", name: str, unit: str) -> list[dict[str, str]]:
    """A table's rows about the unit, in the order of the file."""
    table = run.tables[name]
    chosen = table.filter(table.unit == unit)
    if "row" in table.columns:
        chosen = chosen.order_by("row")
    found = run.backend.fetch(chosen).to_pylist()
    return [
        {column: str(row[column] or "") for column in SHOWN[name] if column in row} for row in found
    ]


def _peers(run: "Run", place: Place, group: str) -> list[Row]:
    """The figures that a relative leaf compares, by unit."""
    values, units = run.values.table, run.units
    figures = values.filter((values.indicator == place.id) & ~run.values.is_na())
    joined = figures.join(units.select(of="unit", grp="grp"), figures.unit == ibis_column("of"))
    if place.rule.within == "group":
        joined = joined.filter(joined.grp == group)
    shown = joined.select("unit", "value").order_by("unit").limit(MOST_PEERS)
    return list(run.backend.fetch(shown).to_pylist())


def ibis_column(name: str) -> Any:
    import ibis

    return ibis._[name]


@dataclass
class Derivation:
    """Turns facts into a tree of words and arithmetic."""

    scheme: Scheme
    facts: Facts
    language: Language

    def say(self, phrase: str, **facts: object) -> str:
        return say(self.language, phrase, **facts)

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
        return f"{whole} × {parts}{added} → {self.facts.result['total']} ({rounded})"

    def _weighted(self, children: list[Place]) -> str:
        """(rate × points + …) ÷ (points + …) over those that are live."""
        live = [place for place in children if self.facts.nodes[place.id]["rate"]]
        terms = " + ".join(f"{self._rate(p)}×{plain(p.points)}" for p in live)
        return f"({terms}) ÷ {plain(sum((p.points for p in live), Decimal(0)))}"

    def _rate(self, place: Place) -> str:
        rate = self.facts.nodes[place.id]["rate"]
        return plain(Decimal(rate)) if rate else "—"

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
        if facts["status"] != "scored":
            node.rule = self._not_scored(facts)
        return node

    def _not_scored(self, facts: dict[str, str]) -> str:
        if facts["status"] == "missing":
            return self.say("missing")
        if facts["rate"]:
            return self.say("na_full" if Decimal(facts["rate"]) else "na_zero")
        return self.say("na")

    def _earned(self, place: Place) -> str:
        """Rate × points = points earned."""
        facts = self.facts.nodes[place.id]
        if not facts["rate"]:
            return ""
        return f"{self._rate(place)} × {plain(place.points)} = {plain(Decimal(facts['points']))}"

    def _branch(self, node: Node, place: Place) -> None:
        style = place.indicator.aggregate
        node.rule = self.say("branch" if style in {None, "mean"} else str(style))
        children = self.scheme.children(place)
        node.children = [self._node(child) for child in children]
        if node.status == "scored":
            joined = self._weighted(children) if style in {None, "mean"} else self._listed(children)
            node.arithmetic = f"{joined} = {self._rate(place)}; {self._earned(place)}"

    def _listed(self, children: list[Place]) -> str:
        return ", ".join(
            f"{self._rate(p)}×{plain(p.points)}" for p in children if self.facts.nodes[p.id]["rate"]
        )

    def _leaf(self, node: Node, place: Place) -> None:
        kind = place.rule.kind
        if kind == "ratings":
            self._ratings(node, place)
        elif kind == "events":
            self._events(node, place)
        else:
            node.rows = self.facts.of_indicator("values", place.id)
            node.rule = self._rule(place, node.rows)
            node.arithmetic = self._figure(place, node.rows) if node.status == "scored" else ""
            if is_relative(place) and node.status == "scored":
                node.rows = [
                    {name: str(value) for name, value in row.items()}
                    for row in self.facts.peers[place.id]
                ]

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
        return ", ".join(
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
        node.rule = "; ".join(words)
        node.rows = self.facts.of_indicator("events", place.id)
        counted = self._counted(node.rows, once=rule.once is not None)
        terms = "".join(f" {'−' if points < 0 else '+'} {plain(abs(points))}" for points in counted)
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
            node.rule += "; " + self.say("excluded", n=len(own))
        if cell is None or not cell["enough"]:
            node.status, node.rule = "na", self.say("short")
            return node
        node.value, node.of = _rate_of(cell), "1"
        scale = 10 ** _places(cell, rule)
        total = plain(Decimal(int(cell["total"])) / scale)
        node.arithmetic = (
            f"{_tally(counted)}: {total} ÷ ({int(cell['left'])} × {plain(rule.top)}) = {node.value}"
        )
        return node

    def _within(self, rule: Any) -> str:
        if isinstance(rule.within, Trim):
            return self.say("trim", trim=rule.within.trim)
        return self.say(rule.within)

    def _standing(self) -> Node:
        """Rank and grade, with what was asked for each grade."""
        result = self.facts.result
        node = Node(
            "standing", self.say("standing"), status=result["status"], value=result["grade"]
        )
        if result["rank"]:
            node.rule = self.say(
                "rank_of", group=result["group"], rank=result["rank"], field=self.facts.field_size
            )
        else:
            node.rule = self.say("exempt" if result["status"] == "exempt" else "unranked")
        node.rows = self.facts.rows.get("vetoes", [])
        node.children = [
            Node(f"veto:{v}", self.say("veto", veto=self._veto(v)))
            for v in result["vetoes"].split(";")
            if v
        ]
        if result["rank"]:
            node.children += self._conditions(result)
        return node

    def _veto(self, name: str) -> str:
        titles = next((veto.title for veto in self.scheme.vetoes if veto.id == name), None) or {}
        return titles.get(self.language) or next(iter(titles.values()), name)

    def _conditions(self, result: dict[str, str]) -> list[Node]:
        """The conditions of each grade down to the one that was given."""
        nodes = []
        for grade in self.scheme.grades:
            words = (
                [self.say("grade_min", grade=grade.grade, min=plain(grade.min))]
                if grade.min is not None
                else [grade.grade]
            )
            words += [
                self.say(
                    "grade_require",
                    indicator=self._title(need.indicator),
                    rate=plain(need.min_rate),
                )
                for need in grade.require
            ]
            if grade.quota:
                words.append(
                    self.say("grade_quota", room=_room(grade.quota, self.facts.field_size))
                )
            given = grade.grade == result["grade"]
            nodes.append(
                Node(
                    f"grade:{grade.grade}",
                    ", ".join(words),
                    value=self.say("met" if given else "unmet"),
                )
            )
            if given:
                break
        return nodes

    def _title(self, indicator: str) -> str:
        place = self.scheme.find(indicator)
        return place.indicator.name(self.language) if place else indicator


def _room(quota: Any, field_size: int) -> int:
    if quota.share is None:
        return int(quota.count or 0)
    exact = quota.share * field_size
    whole = exact.numerator // exact.denominator
    if quota.round == "floor" or exact == whole:
        return int(whole)
    return (
        int(whole + 1) if quota.round == "ceil" or exact - whole >= Decimal("0.5") else int(whole)
    )


def _rate_of(cell: Row) -> str:
    return plain(Decimal(int(cell["rate"])).scaleb(-9))


def _places(cell: Row, rule: Any) -> int:
    """The decimals of a cell's whole numbers: its top against the rule's."""
    places = 0
    while rule.top.scaleb(places) != int(cell["top"]):
        places += 1
    return places


def _tally(rows: list[dict[str, str]]) -> str:
    """How often each mark was given: 好×3, 较好×5."""
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        counts[row["value"]] += 1
    return ", ".join(
        f"{mark}×{count}"
        for mark, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
