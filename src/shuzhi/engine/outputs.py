"""The tables that come out: their rows from the program, their columns as text, in order."""

from collections.abc import Iterator
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from shuzhi.engine.explain import plain
from shuzhi.engine.formats import decimal, each, fixed
from shuzhi.engine.program.arith import BROAD, Table
from shuzhi.engine.program.leaves import union
from shuzhi.engine.program.spots import MISSING, NOT_APPLICABLE, SCORED, STATES
from shuzhi.engine.run import Run
from shuzhi.engine.scheme import Scheme

RESULTS = ["unit", "name", "group", "total", "rank", "grade", "status", "bonus", "vetoes"]
NODES = ["unit", "indicator", "rate", "points", "of", "status"]
BATCH = 100_000
Batch = dict[str, Any]


def results(run: Run, unit: str | None = None) -> Iterator[Batch]:
    """Batches of the results, by unit; numbers still whole."""
    table = run.standing
    status = ibis.cases(
        (table.status == "exempt", "exempt"), (table.ranked, "ranked"), else_="unranked"
    )
    chosen = table.select(
        unit=table.unit,
        name=table.name,
        group=table.grp,
        total=table.published,
        rank=table["rank"],
        given=table.given,
        status=status,
        bonus=BROAD.half_up(table.bonus.abs(), BROAD.whole(10 ** (run.event_scale - 6)))
        * table.bonus.sign().cast("int64"),
        vetoes=table.vetoes,
    )
    yield from batches(run, _only(chosen, unit).order_by("unit"))


def _only(table: Table, unit: str | None) -> Table:
    return table if unit is None else table.filter(table.unit == unit)


def batches(run: Run, table: Table) -> Iterator[Batch]:
    for batch in run.backend.stream(table, BATCH):
        yield {name: batch.column(name) for name in batch.schema.names}


def results_text(scheme: Scheme, batch: Batch) -> pa.Table:
    grades = pa.array([grade.grade for grade in scheme.grades], pa.string())
    columns = {
        **batch,
        "total": fixed(_whole(batch["total"]), scheme.rounding.places),
        "grade": grades.take(_whole(batch["given"])),
        "bonus": each(lambda points: _trimmed(fixed(points, 6)), _whole(batch["bonus"])),
    }
    return pa.table({name: columns[name] for name in RESULTS})


def results_typed(scheme: Scheme, batch: Batch) -> pa.Table:
    text = results_text(scheme, batch)
    total = decimal(_whole(batch["total"]), scheme.rounding.places)
    bonus = decimal(_whole(batch["bonus"]), 6)
    return _replaced(text, total=total, bonus=bonus, rank=_whole(batch["rank"]))


def _replaced(table: pa.Table, **columns: Any) -> pa.Table:
    for name, column in columns.items():
        table = table.set_column(table.column_names.index(name), name, column)
    return table


def _whole(column: Any) -> Any:
    return column.cast(pa.int64())


def _trimmed(text: Any) -> Any:
    """2.500000 → 2.5, 5.000000 → 5."""
    return pc.replace_substring_regex(text, r"\.?0+$", "")


def nodes(run: Run, unit: str | None = None) -> Iterator[Batch]:
    """Batches of every unit × indicator, by unit and the tree's order; numbers still whole."""
    parts = [_leaf_nodes(run)]
    if run.tree.branches:
        parts.append(_branch_nodes(run))
    if run.scheme.bonuses:
        parts.append(_bonus_nodes(run))
    both = union(parts)
    names = run.backend.load("node_names", _names(run))
    named = both.join(names, both.leaf == names.n_order)
    weight = named.n_weight.cast(BROAD.type)
    earned = BROAD.half_up(
        named.rate.cast(BROAD.type) * weight, BROAD.whole(10 ** (3 + run.weights.scale))
    )
    points = ibis.coalesce(named.points, earned)
    chosen = named.select(
        "unit", "leaf", "state", "rate", points=points, indicator=named.n_id, of=named.n_of
    )
    yield from batches(run, _only(chosen, unit).order_by("unit", "leaf"))


def _names(run: Run) -> pa.Table:
    places = run.scheme.places
    return pa.table(
        {
            "n_order": pa.array([p.order for p in places], pa.int64()),
            "n_id": pa.array([p.id for p in places], pa.string()),
            "n_weight": pa.array([run.weights.of[p.order] for p in places], pa.int64()),
            "n_of": pa.array(
                [None if p.indicator.bonus else plain(p.points) for p in places], pa.string()
            ),
        }
    )


def _leaf_nodes(run: Run) -> Table:
    """Every unit × scored leaf, those without any row too."""
    grid = run.units.select("unit").cross_join(run.spots.select(leaf="at_leaf"))
    found = run.kept_leaves.select(f_unit="unit", f_leaf="leaf", rate="rate", state="state")
    joined = grid.left_join(found, (grid.unit == found.f_unit) & (grid.leaf == found.f_leaf))
    return joined.select(
        "unit",
        "leaf",
        rate=joined.rate,
        state=joined.state.fill_null(MISSING),
        points=ibis.null("int64"),
    )


def _branch_nodes(run: Run) -> Table:
    names = [f"r_{branch.order}" for branch in run.tree.branches]
    long = run.standing.select("unit", *names).pivot_longer(
        names, names_to="leaf", values_to="rate"
    )
    state = ibis.ifelse(long.rate.isnull(), NOT_APPLICABLE, SCORED)
    return long.select(
        "unit",
        leaf=long.leaf.replace("r_", "").cast("int64"),
        rate=long.rate,
        state=state.cast("int64"),
        points=ibis.null("int64"),
    )


def _bonus_nodes(run: Run) -> Table:
    orders = [place.order for place in run.scheme.bonuses]
    grid = run.units.select("unit").cross_join(
        run.backend.load("bonus_leaves", pa.table({"leaf": pa.array(orders, pa.int64())}))
    )
    found = run.bonuses.select(f_unit="unit", f_leaf="e_leaf", x="x")
    joined = grid.left_join(found, (grid.unit == found.f_unit) & (grid.leaf == found.f_leaf))
    size = BROAD.half_up(joined.x.abs(), BROAD.whole(10 ** (run.event_scale - 6)))
    points = ibis.ifelse(joined.x < 0, -size, size)
    state = ibis.ifelse(joined.x.isnull(), NOT_APPLICABLE, SCORED).cast("int64")
    return joined.select("unit", "leaf", rate=ibis.null("int64"), state=state, points=points)


def nodes_text(batch: Batch) -> pa.Table:
    states = pa.array(STATES, pa.string())
    columns = {
        **batch,
        "rate": fixed(_whole(batch["rate"]), 9),
        "points": fixed(_whole(batch["points"]), 6),
        "status": states.take(_whole(batch["state"])),
    }
    return pa.table({name: columns[name] for name in NODES})


def nodes_typed(batch: Batch) -> pa.Table:
    return _replaced(
        nodes_text(batch),
        rate=decimal(_whole(batch["rate"]), 9),
        points=decimal(_whole(batch["points"]), 6),
    )
