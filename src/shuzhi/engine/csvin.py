"""CSV into Arrow: every cell as text, UTF-8 or GB 18030, ragged rows named by line."""

import csv
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import csv as pacsv

from shuzhi.engine.faults import Fault, Faults, at, some
from shuzhi.engine.say import Said, quoted, say
from shuzhi.engine.text import encoding_of, told_apart

BLOCK = 1 << 23
PARTING = set(";\t，、|")  # what stands between columns where it is not a comma
UNCLOSED = say("look for a quotation mark that is not closed")


def read_csv(path: Path) -> pa.Table:
    """The table in a CSV file, all columns text. Raises Faults."""
    encoding = encoding_of(path)
    line, names = _header(path, encoding)
    ragged: list[Any] = []

    def note(row: Any) -> str:
        if not _is_blank([row.text.replace('"', "")]):
            ragged.append(row)
        return "skip"

    try:
        table = pacsv.read_csv(
            path,
            pacsv.ReadOptions(
                encoding=encoding,
                column_names=names,
                skip_rows=line,
                use_threads=False,
                block_size=BLOCK,
            ),
            pacsv.ParseOptions(newlines_in_values=True, invalid_row_handler=note),
            pacsv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid as error:
        if "Empty CSV" not in str(error):
            raise Faults([_garbled(path, error)]) from error
        table = pa.table({name: pa.array([], pa.string()) for name in names})
    if ragged:
        raise Faults(_ragged(path, len(names)))
    if _quotes(path):
        for _ in _records(path, encoding):  # Arrow closes at the end what is left open
            pass
    return table


def _quotes(path: Path) -> bool:
    with path.open("rb") as file:
        return any(b'"' in piece for piece in iter(lambda: file.read(BLOCK), b""))


def _header(path: Path, encoding: str) -> tuple[int, list[str]]:
    """The line of the column names, and the names."""
    records = _records(path, encoding)
    line, record = next((one for one in records if any(map(str.strip, one[1]))), (1, list[str]()))
    names = [name.strip("\ufeff").strip() for name in record]
    if told := _unfit(names):
        raise Faults([Fault(at(path.name, line), *told)])
    return line, told_apart(names)


def _unfit(names: list[str]) -> tuple[Said, Said, str] | None:
    """What is wrong with a line of column names, what would be right, and the fault's code."""
    if not any(names):
        return say("is empty"), say("begin with a line of column names"), "empty"
    if any("\n" in name for name in names):
        return say("a column name runs over two lines"), say("keep it on one"), "column"
    if len(names) == 1 and set(names[0]) & PARTING:
        what = say("its columns are not parted by commas")
        return what, say("save it anew as CSV, with commas"), "csv"
    return None


def _is_blank(record: list[str]) -> bool:
    """A line without anything, or with nothing but blanks and no comma."""
    return not record or (len(record) == 1 and not record[0].strip())


def _records(path: Path, encoding: str) -> Any:
    """Each record that is not a blank line, with the line on which it begins."""
    with path.open(encoding="utf-8-sig" if encoding == "utf8" else encoding, newline="") as file:
        reader = csv.reader(file, strict=True)
        line = 1
        try:
            for record in reader:
                if not _is_blank(record):
                    yield line, record
                line = reader.line_num + 1
        except csv.Error as error:
            what = say("is not CSV ({error})", error=quoted(str(error)))
            raise Faults([Fault(at(path.name, line), what, UNCLOSED, "csv")]) from error


def _garbled(path: Path, error: Exception) -> Fault:
    what = say("is not CSV ({error})", error=quoted(str(error).splitlines()[0]))
    return Fault(path.name, what, UNCLOSED, "csv")


def _ragged(path: Path, width: int) -> list[Fault]:
    found = [
        Fault(
            at(path.name, line),
            say("has {cells} cells, the first line has {width}", cells=len(record), width=width),
            say("give every line the same cells"),
            "ragged",
        )
        for line, record in _records(path, encoding_of(path))
        if len(record) != width
    ]
    return some(found, path.name) or [
        Fault(
            path.name,
            say("has lines of different length"),
            say("give every line the same cells"),
            "ragged",
        )
    ]


def record_lines(path: Path) -> dict[int, int]:
    """From a record's number (the first after the header is 1) to its line. Used to name faults."""
    encoding = encoding_of(path)
    head, _names = _header(path, encoding)
    lines = (line for line, _ in _records(path, encoding) if line >= head)
    return dict(enumerate(lines))
