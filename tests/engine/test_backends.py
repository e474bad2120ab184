"""The same bytes whatever the backend, the order of rows and the number of threads."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from shuzhi.engine.backends import DuckDB
from shuzhi.engine.cli import main
from shuzhi.engine.outcome import Outcome
from tests.engine.test_exact import agree, scored
from tests.engine.test_faults import TABLES, lay
from tests.engine.worlds import EXAMPLES, World, crowds
from tests.infra.needs import absent

FILES = ("results.csv", "nodes.csv", "raters.csv", "agreement.csv")


def reversed_rows(text: str) -> str:
    head, *rows = text.splitlines(keepends=True)
    return "".join([head, *reversed(rows)])


def out_of(folder: Path, **tables: str) -> dict[str, bytes]:
    """The files that a calculation in a folder writes."""
    folder.mkdir()
    arguments = lay(folder, **tables)
    assert main([*arguments, "--threads", "1"]) == 0
    return {name: (folder / "out" / name).read_bytes() for name in FILES}


def test_order_of_rows_and_threads_change_nothing(tmp_path: Path) -> None:
    turned = {name: reversed_rows(text) for name, text in TABLES.items()}
    folder = tmp_path / "several"
    folder.mkdir()
    assert main([*lay(folder, **turned), "--threads", "2"]) == 0
    several = {name: (folder / "out" / name).read_bytes() for name in FILES}
    assert out_of(tmp_path / "one") == several


@pytest.fixture
def _spark() -> None:
    if shutil.which("java") is None or importlib.util.find_spec("pyspark") is None:
        absent("spark")


@pytest.mark.usefixtures("_spark")
@pytest.mark.filterwarnings("ignore")  # Spark's own
def test_spark_writes_the_same_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "spark"
    folder.mkdir()
    assert main([*lay(folder), "--backend", "spark"]) == 0
    spark = {name: (folder / "out" / name).read_bytes() for name in FILES}
    assert out_of(tmp_path / "duckdb") == spark


@pytest.mark.usefixtures("_spark")
def test_a_spark_that_does_not_start_is_a_fault(tmp_path: Path) -> None:
    stopped = _apart("shuzhi.engine", *lay(tmp_path), "--backend", "spark", SPARK_MASTER="none")
    assert stopped.returncode == 2
    assert "--backend spark: Spark does not start; it says above why" in stopped.stderr
    assert "Traceback" not in stopped.stderr


@pytest.mark.usefixtures("_spark")
def test_a_spark_that_ends_at_work_is_a_fault(tmp_path: Path) -> None:
    stopped = _apart("tests.engine.halting", *lay(tmp_path), "--backend", "spark")
    assert stopped.returncode == 2, stopped.stderr
    assert "--backend spark: Spark stopped before it was done" in stopped.stderr
    assert not (tmp_path / "out").exists()


def _apart(module: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, since Spark stays in the process that started it."""
    return subprocess.run(  # noqa: S603 -- our own command
        [sys.executable, "-m", module, "score", *arguments, "--language", "en"],
        env=os.environ | {"PYTHONPATH": "src"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("amount", ["many", "2", "2 GB of it"])
@pytest.mark.usefixtures("_spark")
def test_an_amount_of_memory_is_told_as_to_duckdb(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], amount: str
) -> None:
    arguments = [*lay(tmp_path), "--memory", amount]
    assert main([*arguments, "--backend", "spark", "--language", "en"]) == 2
    assert "--memory" in capsys.readouterr().err


def written(outcome: Outcome) -> dict[str, bytes]:
    folder = outcome.directory
    return {name: (folder / name).read_bytes() for name in FILES if (folder / name).exists()}


LEAVES: dict[
    str, list[dict[str, Any]]
] = {  # by the way in which their branch joins them: every kind of rule, every mean
    "mean": [
        {"kind": "ratio", "target": 4},
        {"kind": "linear", "zero": 0, "full": 9},
        {"kind": "bands", "bands": [[5, 100], [None, 40]]},
    ],
    "geometric": [{"kind": "shortfall", "target": 6, "deduct": 1}, {"kind": "minmax"}],
    "harmonic": [
        {"kind": "excess", "limit": 2, "deduct": 1},
        {"kind": "rank"},
        {"kind": "linear", "zero": -1, "full": 10},
    ],
    "minimum": [{"kind": "percentile", "direction": "down"}, {"kind": "zscore", "within": "all"}],
}
EVERY: World = (
    {
        "scheme": "every",
        "rounding": {"places": 4},
        "indicators": [
            {
                "id": style,
                "aggregate": style,
                "points": 20,
                "children": [
                    {"id": f"{style}{n}", "points": 10, "rule": rule}
                    for n, rule in enumerate(rules)
                ],
            }
            for style, rules in LEAVES.items()
        ],
    },
    {
        "units": [{"unit": f"u{n}", "name": "", "group": "gh"[n % 2]} for n in range(7)],
        "values": [
            {"unit": f"u{n}", "indicator": f"{style}{k}", "value": "na" if n == k else f"{n}.{k}"}
            for n in range(7)
            for style, rules in LEAVES.items()
            for k in range(len(rules))
        ],
    },
)


def test_no_query_writes_an_expression_out_again_and_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Spark takes minutes to parse a megabyte, which a step that is used twice soon comes to."""
    written: list[str] = []
    ask = DuckDB._sql
    monkeypatch.setattr(DuckDB, "_sql", lambda *of: written.append(ask(*of)) or written[-1])
    scored(EVERY)
    assert max(map(len, written)) < 40_000


@pytest.mark.usefixtures("_spark")
@pytest.mark.filterwarnings("ignore")  # Spark's own
def test_random_worlds_give_the_same_bytes_on_spark() -> None:
    """As test_exact compares them: each against the fractions, and its bytes with DuckDB's."""
    for world in (EVERY, *crowds(EXAMPLES)):
        outcome = scored(world, backend="spark")
        agree(outcome, world)
        assert written(outcome) == written(scored(world))
