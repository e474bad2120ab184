"""What is known of one unit: its result, its nodes, the rows about it."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ibis import _

from shuzhi.engine import outputs
from shuzhi.engine.explain import plain
from shuzhi.engine.program.arith import Table, Width
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
MOST_PEERS = 2000  # that are listed; all of them are counted


@dataclass(frozen=True)
class Peers:
    """The figures that a relative leaf compares: the unit's own, what they come to, and a list."""

    own: Decimal
    count: int
    lowest: Decimal
    highest: Decimal
    below: int
    equal: int  # the own one included
    mean: float
    deviation: float
    rows: list[dict[str, str]]


@dataclass
class Facts:
    """What is known of one unit: its result, its nodes, the rows about it.

    The figures of its peers.
    """

    result: dict[str, str]
    nodes: dict[str, dict[str, str]]
    rows: dict[str, list[dict[str, str]]]
    cells: list[Row] = field(default_factory=list)
    peers: dict[str, Peers] = field(default_factory=dict)
    field_size: int = 0

    @classmethod
    def of(cls, run: "Run", unit: str) -> "Facts":
        """Collect them from a calculation that knows the unit."""
        result = [
            row
            for batch in outputs.results(run, unit)
            for row in outputs.results_text(run.scheme, batch).to_pylist()
        ]
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
            if (found := _peers(run, place, unit, facts.result["group"])) is not None:
                facts.peers[place.id] = found
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
    shown = [column for column in SHOWN[name] if column in table.columns]
    order = ["row", *shown] if "row" in table.columns else shown
    found = run.backend.fetch(table.filter(table.unit == unit).order_by(*order)).to_pylist()
    return [_texts({column: row[column] for column in shown}) for row in found]


def _peers(run: "Run", place: Place, unit: str, group: str) -> Peers | None:
    """What a relative leaf compares the unit's figure with; nothing where it has none."""
    for leaves in run.groups:
        rows = run.values.numbers(leaves.params, leaves.scales, leaves.width)
        rows = rows.filter((rows.leaf == place.order) & ~rows.na)
        own = run.backend.fetch(rows.filter(rows.unit == unit).select("v", "scale")).to_pylist()
        if own:
            units = run.units if place.rule.within == "all" else run.units.filter(_.grp == group)
            return _compared(run, rows.semi_join(units, "unit"), leaves.width, own[0])
    return None


def _compared(run: "Run", rows: Table, width: Width, own: Row) -> Peers:
    mine, size = width.whole(int(own["v"])), rows.v.cast("float64")
    found = run.backend.fetch(
        rows.aggregate(
            count=rows.count(),
            lowest=rows.v.min(),
            highest=rows.v.max(),
            below=(rows.v < mine).sum(),
            equal=(rows.v == mine).sum(),
            mean=size.mean(),
            deviation=size.std(how="sample"),
        )
    ).to_pylist()[0]
    listed = run.backend.fetch(rows.select("unit", "v").order_by("unit").limit(MOST_PEERS))
    scale = int(own["scale"])
    for name in ("lowest", "highest"):
        found[name] = _decimal(found[name], scale)
    for name in ("below", "equal"):
        found[name] = int(found[name])  # an engine may add up in decimals
    for name in ("mean", "deviation"):
        found[name] = float(found[name] or 0) / 10**scale
    shown = [
        {"unit": row["unit"], "value": plain(_decimal(row["v"], scale))}
        for row in listed.to_pylist()
    ]
    return Peers(own=_decimal(own["v"], scale), rows=shown, **found)


def _decimal(whole: int | Decimal, scale: int) -> Decimal:
    return Decimal(int(whole)).scaleb(-scale)
