"""Input that nobody means: whatever stands in the files, a fault with its place, never a crash."""

import csv
import io
import os
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from shuzhi.engine.backends import DuckDB
from shuzhi.engine.cli import main
from shuzhi.engine.faults import Fault, Faults
from shuzhi.engine.scheme import parse_scheme
from shuzhi.engine.score import score
from shuzhi.engine.tables import read_directory
from tests.engine.test_faults import TABLES, UNITS, lay, refused

Capture = pytest.CaptureFixture[str]
RUNS = int(os.environ.get("SHUZHI_EXAMPLES", "12"))
few = settings(
    max_examples=RUNS,
    deadline=None,
    derandomize=RUNS <= 12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

FULL = """\
scheme: town
version: 1
title: {zh: 考核, en: review}
period: 2018
full: 100
rounding: {places: 2}
rank_on: published
ranking: {within: group, ties: dense, tiebreak: [review, study]}
indicators:
- id: work
  points: 60
  aggregate: geometric
  na: full
  children:
  - {id: study, points: 20, rule: {kind: shortfall, target: 4, each: 1, deduct: 5}}
  - {id: plan, points: 10, missing: na, rule: {kind: flag}}
  - {id: given, points: 10, rule: {kind: manual}}
  - {id: share, points: 9, missing: zero, rule: {kind: ratio, target: 9, cap: 1.2, direction: down}}
  - {id: steps, points: 10, missing: na, rule: {kind: bands, bands: [[90, 100], [null, 0]]}}
  - {id: peers, points: 10, missing: na, rule: {kind: zscore, within: all}}
- id: review
  points: 40
  rule: {kind: ratings, scale: {好: 100, 差: 50}, categories: {A: 60, B: 40}, within: median,
         min_marks: 1, short: renormalise, exclude_own: [A]}
- {id: extra, bonus: {min: -5, max: 5}, rule: {kind: events, once: highest}}
vetoes:
- {id: safety, title: 安全, effect: {cap_grade: 差}}
grades:
- {grade: 好, min: 80, quota: {share: 1/3}, require: [{indicator: review, min_rate: 80}]}
- {grade: 差}
"""
ODD_NODES = [
    *(None, True, "", "x", "好" * 300, "a\tb", "1/0", "=1+1", 0, -1, 1.5, 10**15, 10**40, 1e-9),
    *([], {}, [None], [[]], {"a": 1}, {"kind": "flag"}, {"trim": 10**20}, {"trim": 1}, "median"),
]
ODD_WORDS = [".nan", ".inf", "1e999", "1e-999", "0x10", "!!binary x", "*none", "&a [*a]", "? x"]
ODD_CELLS = [
    *("", "na", "NaN", "inf", "1e999", "1e-999", "9" * 5000, "0." + "9" * 60, "-", "+", "1.2.3"),
    *(
        "１２",
        "1,5",
        "1 000",
        "0x10",
        "\t5",
        "=1",
        "是",
        "1e5",
        ".5",
        "5.",
        "'5",
        "\ufeff",
        "5\u00a0",
    ),
    *("NULL", "50%", "1/2", "\u202e", "😀", "a" * 3000, '"', "a\nb"),
]


def plain(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def places(node: Any) -> list[tuple[Any, Any]]:
    """Every value below a node, as its holder and the key or number where it stands."""
    pairs = list(node.items() if isinstance(node, dict) else enumerate(node))
    below = [
        place for _, value in pairs if isinstance(value, dict | list) for place in places(value)
    ]
    return [*((node, key) for key, _ in pairs), *below]


def written(node: Any) -> str:
    out = io.StringIO()
    YAML(typ="safe", pure=True).dump(node, out)
    return out.getvalue()


@st.composite
def odd_schemes(draw: Any) -> str:
    """The full scheme with up to three of its values taken out, doubled or replaced."""
    scheme = plain(FULL)
    for _ in range(draw(st.integers(1, 3))):
        holder, key = draw(st.sampled_from(places(scheme)))
        match draw(st.sampled_from(["replace", "replace", "remove", "double"])):
            case "remove":
                del holder[key]
            case "double" if isinstance(holder, list):
                holder.append(holder[key])
            case _:
                holder[key] = draw(st.sampled_from(ODD_NODES))
    return written(scheme)


@settings(max_examples=150, deadline=None)
@given(odd_schemes())
def test_an_odd_scheme_is_a_scheme_or_faults(text: str) -> None:
    try:
        parse_scheme(text, "s.yaml")
    except Faults as error:
        for fault in error.faults:
            assert fault.where.startswith("s.yaml:")
            assert fault.what
            assert fault.right


@pytest.mark.parametrize("word", ODD_WORDS)
@pytest.mark.parametrize("place", ["full: 100", "points: 40", "target: 4", "share: 1/3", "{A: 60"])
def test_odd_words_in_a_scheme_are_faults(word: str, place: str) -> None:
    key = place.split(":", maxsplit=1)[0]
    with pytest.raises(Faults):
        parse_scheme(FULL.replace(place, f"{key}: {word}", 1), "s.yaml")


def tame(folder: Path, arguments: list[str], capsys: Capture) -> None:
    """Run the command: results, or faults that name a file and what would be right; no crash."""
    status = main(arguments)
    said = capsys.readouterr().err.splitlines()
    assert status in {0, 2}
    assert (folder / "out").exists() == (status == 0)
    assert bool(said) == (status == 2)
    for line in said:
        assert line.startswith(("scheme.yaml", *TABLES)), line
        assert "; " in line, line
    assert not list(folder.glob(".out*"))


@few
@given(scheme=odd_schemes())
def test_an_odd_scheme_never_crashes_a_calculation(
    tmp_path_factory: pytest.TempPathFactory, capsys: Capture, scheme: str
) -> None:
    folder = tmp_path_factory.mktemp("odd")
    tame(folder, lay(folder, scheme), capsys)


@st.composite
def odd_tables(draw: Any) -> dict[str, str]:
    """The good tables with a few cells, rows or columns of one or two of them changed."""
    changed = {}
    for name in draw(st.sets(st.sampled_from(sorted(TABLES)), min_size=1, max_size=2)):
        rows = list(csv.reader(TABLES[name].splitlines()))
        for _ in range(draw(st.integers(1, 3))):
            row = draw(st.sampled_from(rows))
            row[draw(st.integers(0, len(row) - 1))] = draw(st.sampled_from(ODD_CELLS))
        if draw(st.booleans()):
            rows.append(list(draw(st.sampled_from(rows))))
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(rows)
        changed[name] = out.getvalue()
    return changed


@few
@given(tables=odd_tables(), more=st.sampled_from([[], ["--explain", "u1"], ["--robustness", "2"]]))
def test_odd_cells_never_crash_a_calculation(
    tmp_path_factory: pytest.TempPathFactory,
    capsys: Capture,
    tables: dict[str, str],
    more: list[str],
) -> None:
    folder = tmp_path_factory.mktemp("odd")
    tame(folder, [*lay(folder, **tables), *more], capsys)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-le", "big5"])
def test_another_encoding_is_a_fault_with_its_line(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "units.csv").write_bytes("unit,name,group\nu1,后备,組\n".encode(encoding, "ignore"))
    faults: list[Fault] = []
    read_directory(tmp_path, faults)
    assert all(fault.where.startswith("units.csv") for fault in faults)
    assert faults or encoding == "big5"  # whose bytes may well be sound GB 18030


SHAPES = {
    "lists": pa.array([[1], [2]]),
    "records": pa.array([{"a": 1}, {"a": 2}]),
    "maps": pa.array([[("a", 1)], [("b", 2)]], pa.map_(pa.string(), pa.int64())),
    "bytes": pa.array([b"\xff\xfe", b"1"]),
    "dates": pa.array([1, 2], pa.date32()),
    "nothing": pa.nulls(2),
    "no numbers": pa.array([float("nan"), float("inf")]),
    "wide decimals": pa.array([1, 2]).cast(pa.decimal256(60, 30)),
    "large numbers": pa.array([2**64 - 1, 1], pa.uint64()),
    "durations": pa.array([1, 2], pa.duration("s")),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("column", ["unit", "value", "target"])
def test_a_column_of_the_wrong_shape(
    tmp_path: Path, capsys: Capture, shape: str, column: str
) -> None:
    arguments = lay(tmp_path, values="")
    (tmp_path / "data/values.csv").unlink()
    columns = {"unit": ["u1", "u2"], "indicator": ["study", "study"], "value": ["1", "2"]}
    pq.write_table(pa.table({**columns, column: SHAPES[shape]}), tmp_path / "data/values.parquet")
    tame(tmp_path, arguments, capsys)


@pytest.mark.parametrize("size", [0, 3, 8, 100, 400])
def test_a_file_cut_short(tmp_path: Path, capsys: Capture, size: int) -> None:
    arguments = lay(tmp_path, values="")
    (tmp_path / "data/values.csv").unlink()
    file = tmp_path / "data/values.parquet"
    pq.write_table(pa.table({"unit": ["u1"], "indicator": ["study"], "value": ["1"]}), file)
    file.write_bytes(file.read_bytes()[:size])
    assert "values.parquet: cannot be read as Parquet" in refused(tmp_path, capsys, arguments)


def put_folder(file: Path) -> None:
    file.with_suffix(".csv").mkdir()


def put_junk(file: Path) -> None:
    file.with_suffix(".xlsx").write_bytes(b"PK\x03\x04 and no more")


def put_bomb(file: Path) -> None:
    """A workbook of half a megabyte that unpacks to three hundred."""
    with zipfile.ZipFile(file.with_suffix(".xlsx"), "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", "<row><c><v>1</v></c></row>" * 12_000_000)


@pytest.mark.parametrize(
    ("put", "said"),
    [
        (put_folder, "values.csv: is a folder; put a file in its place"),
        (put_junk, "values.xlsx: cannot be read as a workbook"),
        (put_bomb, "values.xlsx: unpacks to 297 MiB; give smaller files, or Parquet"),
    ],
)
def test_what_is_no_table_at_all(tmp_path: Path, capsys: Capture, put: Any, said: str) -> None:
    arguments = lay(tmp_path, values="")
    (tmp_path / "data/values.csv").unlink()
    put(tmp_path / "data/values")
    assert said in refused(tmp_path, capsys, arguments)


def test_a_place_that_cannot_hold_results(tmp_path: Path, capsys: Capture) -> None:
    *arguments, _ = lay(tmp_path, units=UNITS.replace("group", "team"))
    for place in (tmp_path / "scheme.yaml", tmp_path / "data"):
        said = refused(tmp_path, capsys, [*arguments, str(place)])
        assert f"{place}: " in said
        assert "units.csv: has no column group" in said  # with the other faults, in one go
    good = tmp_path / "good"
    good.mkdir()
    *arguments, _ = lay(good)
    below = good / "scheme.yaml" / "out"
    assert "cannot be written (File exists)" in refused(good, capsys, [*arguments, str(below)])


def test_an_amount_of_memory_that_is_none(tmp_path: Path, capsys: Capture) -> None:
    said = refused(tmp_path, capsys, [*lay(tmp_path), "--memory", "much"])
    assert "--memory: cannot be used" in said


def test_a_fault_leaves_no_folder_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    scheme = parse_scheme("scheme: one\nindicators:\n- {id: a, points: 1, rule: {kind: manual}}")
    units = [{"unit": "u", "name": "", "group": ""}]
    with pytest.raises(Faults, match="is missing"):
        score(scheme, {"units": units}, None)
    assert not any(tmp_path.iterdir())


def test_too_little_memory(tmp_path: Path, capsys: Capture) -> None:
    said = refused(tmp_path, capsys, [*lay(tmp_path), "--memory", "1MB"])
    assert "--memory: is too little" in said


def test_what_memory_does_not_hold_is_put_aside_and_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aside = tmp_path / "aside"
    aside.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(aside))
    with DuckDB(threads=1, memory="20MB") as engine:
        many = ibis.range(3_000_000).unnest().name("n").as_table()
        kept = engine.keep("kept", many.mutate(text=many.n.cast("string").repeat(3)))
        assert any(aside.rglob("*.tmp"))
        assert engine.fetch(kept.count().as_table())[0][0].as_py() == 3_000_000
    assert not any(aside.iterdir())


def test_points_that_no_machine_adds_up() -> None:
    text = """\
scheme: large
indicators:
- id: all
  points: 10
  aggregate: mean
  children:
  - {id: one, points: 999999999, rule: {kind: flag}}
  - {id: two, points: 0.000000001, rule: {kind: flag}}
"""
    with pytest.raises(Faults, match="the points have too many digits"):
        parse_scheme(text)


WELL = 20  # deeper than any scheme that a committee would sign


@pytest.mark.parametrize("depth", [20, 300, 5000])
def test_a_tree_as_deep_as_a_well(depth: int) -> None:
    tree = "{id: x, points: 1, rule: {kind: flag}}"
    for number in range(depth):
        tree = f"{{id: b{number}, children: [{tree}]}}"
    text = f"scheme: deep\nindicators: [{tree}]\n"
    if depth > WELL:
        with pytest.raises(Faults):
            parse_scheme(text)
    else:
        assert len(parse_scheme(text).places) == depth + 1


def test_a_bonus_that_no_machine_adds_up(tmp_path: Path, capsys: Capture) -> None:
    scheme = (
        "scheme: large\nindicators:\n- {id: a, points: 33.333333333, rule: {kind: manual}}\n"
        "- {id: b, bonus: {}, rule: {kind: events}}\n"
    )
    events = "unit,indicator,points\n" + "u1,b,999999.123456789\n" * 2000
    values = "unit,indicator,value\nu1,a,1\nu2,a,2\n"
    given = {"scheme": scheme, "values": values, "events": events}
    arguments = lay(tmp_path, **given)
    for name in ("ratings", "vetoes"):
        (tmp_path / f"data/{name}.csv").unlink()
    said = refused(tmp_path, capsys, arguments)
    assert "events.csv: the points of a bonus add up to too many digits" in said
