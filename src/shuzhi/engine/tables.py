"""The data directory as tables of text, each row with its number.

So that a fault can name its place.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, reduce
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shuzhi.engine.csvin import read_csv, record_lines
from shuzhi.engine.faults import Fault, Faults, at, some
from shuzhi.engine.say import listed, quoted, say

COLUMNS: dict[str, tuple[list[str], list[str]]] = {  # required, optional
    "units": (["unit", "name", "group"], ["status"]),
    "values": (["unit", "indicator", "value"], ["target"]),
    "ratings": (["unit", "indicator", "category", "rater", "value"], ["rater_unit"]),
    "events": (["unit", "indicator", "points"], ["key", "reason"]),
    "vetoes": (["unit", "veto", "basis"], []),
}
WORDS = {"name", "basis", "reason"}  # columns in which a text may run over several lines
SUFFIXES = (".csv", ".parquet", ".xlsx")
LARGE = 200_000  # rows from which a Parquet file is left where it is
Rows = Iterable[Mapping[str, object]]


@dataclass
class Input:
    """One table: loaded with row numbers, or (large Parquet) named by its path."""

    name: str
    label: str
    table: pa.Table | None = None
    path: Path | None = None
    types: dict[str, pa.DataType] = field(default_factory=dict)
    digest: str = ""

    def where(self, row: int | None) -> str:
        """The place of a row: `ratings.csv:17`."""
        if not row:
            return self.label
        if self.path is not None and self.path.suffix == ".csv":
            return at(self.label, self._lines.get(row, row + 1))
        return say("{file}: row {row}", file=self.label, row=row)

    @cached_property
    def _lines(self) -> dict[int, int]:
        return record_lines(self.path) if self.path else {}


class Inputs(dict[str, Input]):
    """The tables by name; `broken` are those that are there and cannot be read."""

    def __init__(self) -> None:
        super().__init__()
        self.broken: set[str] = set()


def read_directory(directory: Path, faults: list[Fault]) -> Inputs:
    """Every table that the directory holds; what cannot be read is added to `faults`."""
    found = Inputs()
    if not directory.is_dir():
        right = say("name the directory of the data files")
        faults.append(Fault(str(directory), say("is no directory"), right, "file"))
        found.broken.update(COLUMNS)
        return found
    for name in COLUMNS:
        try:
            if (file := _find(directory, name)) is not None:
                found[name] = _read(name, file)
                faults.extend(_broken_lines(found[name]))
        except Faults as error:
            faults.extend(error.faults)
            found.broken.add(name)
        except OSError as error:
            faults.append(_unreadable(directory / name, error))
            found.broken.add(name)
    if not {"units"} & (found.keys() | found.broken):
        found.broken.add("units")
        right = say("add a table of units: unit,name,group")
        faults.append(Fault("units.csv", say("is missing"), right, "file"))
    return found


def read_tables(tables: Mapping[str, pa.Table | Rows], faults: list[Fault]) -> Inputs:
    """The same from tables in memory: Arrow tables, or rows as mappings."""
    found = Inputs()
    for name, rows in tables.items():
        try:
            if name not in COLUMNS:
                right = say("use {names}", names=listed(COLUMNS))
                raise Faults([Fault(name, say("is no table of the data"), right, "file")])  # noqa: TRY301 - beside the others
            table = rows if isinstance(rows, pa.Table) else _table(name, rows)
            found[name] = Input(name, name, as_text(name, name, table), digest=_digest_table(table))
        except Faults as error:
            faults.extend(error.faults)
            found.broken.add(name)
    if "units" not in tables:
        found.broken.add("units")
        faults.append(Fault("units", say("is missing"), say("add a table of units"), "file"))
    return found


def _table(name: str, rows: Rows) -> pa.Table:
    required, optional = COLUMNS[name]
    kept = [[row.get(column) for column in required + optional] for row in rows]
    columns = list(zip(*kept, strict=True)) or [() for _ in required + optional]
    texts = [
        pa.array(["" if v is None else str(v) for v in column], pa.string()) for column in columns
    ]
    return pa.table(dict(zip(required + optional, texts, strict=True)))


def _unreadable(file: Path, error: OSError) -> Fault:
    named = Path(error.filename or file).name
    what = say("cannot be read ({error})", error=quoted(error.strerror or str(error)))
    return Fault(named, what, say("write it anew"), "file")


def _find(directory: Path, name: str) -> Path | None:
    files = [
        directory / (name + suffix) for suffix in SUFFIXES if (directory / (name + suffix)).exists()
    ]
    if len(files) > 1:
        names = reduce(
            lambda told, name: say("{told} and {name}", told=told, name=name),
            (file.name for file in files),
        )
        what = say("there are {names}", names=names)
        raise Faults([Fault(files[0].name, what, say("keep one of them"), "file")])
    return files[0] if files else None


def _read(name: str, file: Path) -> Input:
    if file.is_dir() and file.suffix != ".parquet":
        raise Faults([Fault(file.name, say("is a folder"), say("put a file in its place"), "file")])
    found = Input(name, file.name, path=file, digest=digest_of(file))
    if file.suffix == ".csv":
        found.table = as_text(name, file.name, read_csv(file))
    elif file.suffix == ".xlsx":
        from shuzhi.engine.xlsxin import read_xlsx

        found.table = as_text(name, file.name, read_xlsx(file))
    else:
        _read_parquet(found, file)
    return found


def _broken_lines(found: Input) -> list[Fault]:
    """In CSV a name that runs over two lines is a quotation mark that was closed too late."""
    is_csv = found.path is not None and found.path.suffix == ".csv"
    faults, table = [], found.table if is_csv and found.table else pa.table({})
    right = say("keep it on one; look for a quotation mark that is not closed")
    for column in sorted({*table.column_names} - WORDS - {"row"}):
        broken = pc.match_substring(table[column].cast(pa.string()), "\n")
        rows = table["row"].filter(broken).to_pylist()
        what = say("{column} runs over two lines", column=column)
        faults += [Fault(found.where(row), what, right, "lines") for row in rows]
    return some(faults, found.label)


def _read_parquet(found: Input, file: Path) -> None:
    import pyarrow.dataset as ds

    try:
        data = ds.dataset(file, format="parquet", partitioning="hive")
        rows = data.count_rows()
        if rows <= LARGE:
            found.table = as_text(found.name, found.label, data.to_table())
            return
    except (pa.ArrowException, OSError) as error:
        what = say("cannot be read as Parquet ({error})", error=quoted(str(error)))
        raise Faults([Fault(file.name, what, say("write it anew"), "file")]) from error
    found.types = {one.name: one.type for one in data.schema}
    _need_columns(found.name, found.label, list(found.types))
    if any(pa.types.is_floating(kind) for kind in found.types.values()):
        what = say("holds binary floating point numbers")
        right = say("store decimals, whole numbers or text")
        raise Faults([Fault(file.name, what, right, "float")])


def _need_columns(name: str, label: str, columns: list[str]) -> None:
    required, _ = COLUMNS[name]
    right = say("the columns are {names}", names=listed(required))
    faults = [
        Fault(label, say("has no column {column}", column=column), right, "column")
        for column in required
        if column not in columns
    ]
    for column in columns:
        known = _alike(name, column)
        if known and known not in columns:
            meant = say("did you mean `{name}`?", name=known)
            what = say("has a column {column}", column=column)
            faults.append(Fault(label, what, meant, "column"))
    twice = sorted({column for column in columns if columns.count(column) > 1 and column})
    faults += [
        Fault(
            label,
            say("has the column {column} twice", column=column),
            say("keep one of them"),
            "column",
        )
        for column in twice
    ]
    if faults:
        raise Faults(faults)


def _alike(name: str, column: str) -> str | None:
    """The known column that a column differs from in capitals, blanks or dashes alone."""
    plain = {known.replace("_", ""): known for known in chain(*COLUMNS[name])}
    known = plain.get("".join(filter(str.isalnum, column)).lower())
    return None if known == column else known


def as_text(name: str, label: str, table: pa.Table) -> pa.Table:
    """The known columns as trimmed text, with `row` (from 1); wholly blank rows are dropped."""
    _need_columns(name, label, table.column_names)
    required, optional = COLUMNS[name]
    columns: dict[str, Any] = {
        column: _text(table[column], blank="na" if column == "value" else "")
        for column in required + optional
        if column in table.column_names
    }
    for column in optional:
        columns.setdefault(column, _blank(table.num_rows))
    columns["row"] = pa.array(np.arange(1, table.num_rows + 1, dtype=np.int32))
    result = pa.table(columns)
    filled = reduce(pc.or_, (_filled(result[column]) for column in required))
    return result if pc.all(filled).as_py() is not False else result.filter(filled)


def _blank(rows: int) -> pa.DictionaryArray:
    """A column of nothing, at a byte a row."""
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, np.int8)), pa.array([""]))


def _filled(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Which cells hold any text."""
    pieces = [pc.not_equal(piece.cast(pa.string()), "") for piece in column.chunks]
    return pa.chunked_array(pieces, pa.bool_())


def _text(column: pa.ChunkedArray, blank: str) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        if pa.types.is_string(column.type.value_type) and not column.null_count:
            return pa.chunked_array(map(_trimmed, column.chunks), column.type)
        column = column.cast(column.type.value_type)
    numeric = not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type))
    text = column.cast(pa.string())
    text = pc.fill_null(text, blank if numeric else "")
    return pc.utf8_trim_whitespace(text)


def _trimmed(piece: pa.DictionaryArray) -> pa.DictionaryArray:
    """The texts trimmed where each stands but once."""
    return pa.DictionaryArray.from_arrays(piece.indices, pc.utf8_trim_whitespace(piece.dictionary))


def digest_of(path: Path) -> str:
    """SHA-256 of a file; of a folder, over the digests of its files in order of name."""
    if path.is_dir():
        parts = [
            f"{p.relative_to(path)} {digest_of(p)}\n"
            for p in sorted(path.rglob("*"))
            if p.is_file()
        ]
        return hashlib.sha256("".join(parts).encode()).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _digest_table(table: pa.Table) -> str:
    digest = hashlib.sha256()
    for row in zip(*(table[column].to_pylist() for column in table.column_names), strict=True):
        digest.update("\x1f".join(map(str, row)).encode() + b"\n")
    return digest.hexdigest()
