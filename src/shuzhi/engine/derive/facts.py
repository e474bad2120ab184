"""What is known of one unit: its result, its nodes, the rows about it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from shuzhi.engine import outputs
from shuzhi.engine.faults import Fault, Faults
from shuzhi.engine.say import say
from shuzhi.engine.scheme import Place
from shuzhi.engine.scheme.models import is_relative

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
        result = [
            row
            for batch in outputs.results(run, unit)
            for row in outputs.results_text(run.scheme, batch).to_pylist()
        ]
        if not result:
            what = say("there is no unit {unit}", unit=unit)
            raise Faults([Fault("--explain", what, say("name one of units"), "unit")])
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
    values, units = run.values.table, run.units.select(of="unit", grp="grp")
    figures = values.filter((values.indicator == place.id) & ~run.values.is_na())
    joined = figures.join(units, figures.unit == units["of"])
    if place.rule.within == "group":
        joined = joined.filter(joined.grp == group)
    shown = joined.select("unit", "value").order_by("unit").limit(MOST_PEERS)
    return list(run.backend.fetch(shown).to_pylist())
