"""Large Parquet is read where it stands, typed: the bytes are those of the same figures as text."""

from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from shuzhi.engine import tables
from shuzhi.engine.cli import main
from shuzhi.engine.scheme import parse_scheme
from shuzhi.engine.score import score

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
