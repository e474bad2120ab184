"""The same bytes whatever the backend, the order of rows and the number of threads."""

import importlib.util
import shutil
from pathlib import Path

import pytest

from shuzhi.engine.cli import main
from tests.engine.test_faults import TABLES, lay
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
