"""A run's tables as rows of text, read from its archive."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from zipfile import ZipFile

from shuzhi.appraisal.models import ScoreRun
from shuzhi.kernel.files import read_bytes

Row = dict[str, str]


def tables_of(run: ScoreRun, *names: str) -> dict[str, list[Row]]:
    """Return tables of a run by name ("data/values", "results/robustness"); absent ones empty."""
    with ZipFile(BytesIO(read_bytes(run.archive))) as archive:
        known = set(archive.namelist())
        return {
            name: _rows(archive.read(f"{name}.csv")) if f"{name}.csv" in known else []
            for name in names
        }


def _rows(data: bytes) -> list[Row]:
    return list(csv.DictReader(StringIO(data.decode())))


def column(rows: Sequence[Row], name: str) -> list[str]:
    """Return one column."""
    return [row[name] for row in rows]
