"""Large Parquet is read where it stands, typed: the bytes are those of the same figures as text."""

from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import given

from shuzhi.engine import tables
from shuzhi.engine.cli import main
from shuzhi.engine.faults import Faults
from shuzhi.engine.scheme import parse_scheme
from shuzhi.engine.score import TABLES, score
from tests.engine.test_exact import World, as_yaml, scored
from tests.engine.worlds import few, worlds

SCHEME = """
scheme: typed
indicators:
- {id: fine, points: 40, rule: {kind: linear, zero: 0.125, full: 9.875}}
- {id: plain, points: 30, rule: {kind: shortfall, target: 9, each: 0.5, deduct: 1.5}}
- {id: aimed, points: 20, rule: {kind: ratio, target: 8}}
- {id: yes, points: 10, rule: {kind: flag}}
"""
FIGURES = [  # unit, indicator, value, target
    ("u1", "fine", "3.25", None),
    ("u1", "plain", "7.25", None),
    ("u1", "aimed", "3.00", "4.125"),
    ("u1", "yes", "1", None),
    ("u2", "fine", None, None),
    ("u2", "plain", "9.01", "9.999"),
    ("u2", "aimed", "-1.5", None),
    ("u2", "yes", "0", None),
]
COLUMNS = ("unit", "indicator", "value", "target")


def figures(*, target: bool) -> pa.Table:
    """The figures as decimals of two places, their targets of three."""
    columns = dict(zip(COLUMNS, zip(*FIGURES, strict=True), strict=True))
    typed = {
        "value": pa.array([v and Decimal(v) for v in columns["value"]], pa.decimal128(9, 2)),
        "target": pa.array([t and Decimal(t) for t in columns["target"]], pa.decimal128(12, 3)),
    }
    if not target:
        del columns["target"], typed["target"]
    return pa.table({**columns, **typed})


def lay(folder: Path, values: pa.Table) -> list[str]:
    """Write the scheme and the units; return the command."""
    data = folder / "data"
    data.mkdir(parents=True)
    (folder / "scheme.yaml").write_text(SCHEME, "utf-8")
    (data / "units.csv").write_text("unit,name,group\nu1,甲,g\nu2,乙,g\n", "utf-8")
    pq.write_table(values, data / "values.parquet")
    return [str(folder / "scheme.yaml"), str(data), "--out", str(folder / "out")]


def results(folder: Path) -> bytes:
    return (folder / "out" / "nodes.csv").read_bytes()


@pytest.mark.parametrize("target", [True, False])
def test_typed_figures_where_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, target: bool
) -> None:
    values = figures(target=target)
    assert main(lay(tmp_path / "text", values)) == 0
    monkeypatch.setattr(tables, "LARGE", 0)
    assert main(lay(tmp_path / "typed", values)) == 0
    assert results(tmp_path / "typed") == results(tmp_path / "text")


def test_a_folder_parted_by_county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    values = figures(target=True)
    assert main(lay(tmp_path / "whole", values)) == 0
    monkeypatch.setattr(tables, "LARGE", 0)
    command = lay(tmp_path / "parted", values)
    folder = tmp_path / "parted/data/values.parquet"
    folder.unlink()
    for unit, county in (("u1", "east"), ("u2", "west")):
        part = folder / f"county={county}"
        part.mkdir(parents=True)
        mine = pc.equal(values["unit"], unit)
        pq.write_table(values.filter(mine), part / "part-0.parquet")
    assert main(command) == 0
    assert results(tmp_path / "parted") == results(tmp_path / "whole")


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        (".0", "0.5"),
        ("-.0", "0.5"),
        ("-.5", "0.475"),
        ("+.50", "0.525"),
        ("-1.20e1", "0"),
        ("1e-2", "0.5005"),
    ],
)
def test_every_way_to_write_a_number_is_read_exactly(text: str, rate: str) -> None:
    one = (
        "scheme: one\nindicators:\n- {id: a, points: 1, rule: {kind: linear, zero: -10, full: 10}}"
    )
    data = {
        "units": [{"unit": "u", "name": "", "group": ""}],
        "values": [{"unit": "u", "indicator": "a", "value": text}],
    }
    (node,) = score(parse_scheme(one), data, None).nodes
    assert node.rate == Decimal(rate)


def stored(folder: Path, data: dict[str, list[dict[str, str]]]) -> Path:
    """Tables as Parquet: nothing where a cell is blank, no optional column that would be blank."""
    for name, rows in data.items():
        required, optional = tables.COLUMNS[name]
        used = [column for column in optional if any(row.get(column) for row in rows)]
        columns = {
            column: pa.array([row.get(column) or None for row in rows], pa.string())
            for column in (*required, *used)
        }
        pq.write_table(pa.table(columns), folder / f"{name}.parquet")
    return folder


@few
@given(worlds())
def test_random_worlds_where_they_stand(
    tmp_path_factory: pytest.TempPathFactory, world: World
) -> None:
    data = stored(tmp_path_factory.mktemp("stored"), world[1])
    unit = world[1]["units"][0]["unit"]
    with patch.object(tables, "LARGE", 0):
        found = score(parse_scheme(as_yaml(world[0])), data, None, explain=unit)
    expected = scored(world, explain=unit)
    assert all(found.rows(table) == expected.rows(table) for table in (*TABLES, "agreement"))
    told = [o.derivation and o.derivation.children[-1] for o in (found, expected)]
    assert told[0] == told[1]  # rank and grade; without row numbers, rows stand in another order


NUMBERED = """
scheme: numbered
indicators:
- {id: 7, points: 60, rule: {kind: ratings, scale: {from: 0, to: 10}, categories: {1: 100}}}
- {id: 8, points: 40, rule: {kind: events}}
"""


def test_codes_marks_and_points_may_be_numbers(tmp_path: Path) -> None:
    """A country's units are known by numbers; what is no figure is read as the text it is."""
    half, people = [Decimal("7.5"), Decimal("9.0")], [1, 2]
    marked = {"unit": [990106, 990106], "indicator": [7, 7], "category": [1, 1]}
    given = {
        "units": {"unit": [990106], "name": ["甲"], "group": [33]},
        "ratings": marked | {"rater": people, "value": half},
        "events": {"unit": [990106], "indicator": [8], "points": [12]},
    }
    for name, columns in given.items():
        pq.write_table(pa.table(columns), tmp_path / f"{name}.parquet")
    read = score(parse_scheme(NUMBERED), tmp_path, None)
    with patch.object(tables, "LARGE", 0):
        stood = score(parse_scheme(NUMBERED), tmp_path, None)
    assert all(read.rows(table) == stood.rows(table) for table in TABLES)
    assert [(row.unit, row.group, str(row.total)) for row in stood.results] == [
        ("990106", "33", "61.50")
    ]


def test_faults_of_tables_that_stand_where_they_are(tmp_path: Path) -> None:
    command = lay(tmp_path, figures(target=True))
    marks = {"unit": [9, None], "indicator": [1, 2], "category": [1, 1], "rater": [1, 1]}
    pq.write_table(pa.table(marks | {"value": [5, 6]}), tmp_path / "data/ratings.parquet")
    points = {"unit": ["u1", "u9"], "indicator": ["plain", "x"], "points": ["a", None]}
    pq.write_table(pa.table(points), tmp_path / "data/events.parquet")
    with patch.object(tables, "LARGE", 0), pytest.raises(Faults) as caught:
        score(command[0], command[1], None)
    said = str(caught.value)
    assert "ratings.parquet: there is no unit 9" in said
    assert "events.parquet: there is no unit u9" in said
    assert "events.parquet: plain is no indicator that reads this file" in said
