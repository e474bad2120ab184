"""A run's tables as rows of text, read from its archive."""

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZipFile

from shuzhi.appraisal.computing import Row, rows_of
from shuzhi.appraisal.models import ScoreRun
from shuzhi.kernel.files import read_bytes


def tables_of(run: ScoreRun, *names: str) -> dict[str, list[Row]]:
    """Return tables of a run by name ("data/values", "results/robustness"); absent ones empty."""
    with ZipFile(BytesIO(read_bytes(run.archive))) as archive:
        known = set(archive.namelist())
        return {
            name: rows_of(archive.read(f"{name}.csv")) if f"{name}.csv" in known else []
            for name in names
        }


def column(rows: Sequence[Row], name: str) -> list[str]:
    """Return one column."""
    return [row[name] for row in rows]
