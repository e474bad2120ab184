"""Bad input: every fault at once, with its place, exit status 2, and nothing written."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuzhi.engine.cli import main
from shuzhi.engine.faults import Fault, Faults
from shuzhi.engine.scheme import parse_scheme
from shuzhi.engine.tables import read_directory

GOOD = """\
scheme: town
full: 100
indicators:
- {id: study, points: 20, rule: {kind: shortfall, target: 4, deduct: 5}}
- {id: plan, points: 20, rule: {kind: flag}}
- {id: given, points: 20, rule: {kind: manual}}
- id: review
  points: 40
  rule:
    kind: ratings
    scale: {好: 100, 差: 50}
    categories: {A: 60, B: 40}
- {id: extra, bonus: {max: 5}, rule: {kind: events}}
vetoes:
- {id: safety, effect: {cap_grade: 差}}
grades:
- {grade: 好, min: 80}
- {grade: 差}
"""
UNITS = "unit,name,group\nu1,甲,g\nu2,乙,g\n"
VALUES = (
    "unit,indicator,value\nu1,study,4\nu1,plan,是\nu1,given,12.5\n"
    "u2,study,3\nu2,plan,na\nu2,given,20\n"
)
RATINGS = (
    "unit,indicator,category,rater,value\nu1,review,A,a,好\nu1,review,B,b,差\n"
    "u2,review,A,a,差\nu2,review,B,b,好\n"
)
EVENTS = "unit,indicator,points,key,reason\nu1,extra,2,,奖\n"
VETOES = "unit,veto,basis\nu2,safety,通报\n"
TABLES = {"units": UNITS, "values": VALUES, "ratings": RATINGS, "events": EVENTS, "vetoes": VETOES}


def lay(folder: Path, scheme: str = GOOD, **tables: str | bytes) -> list[str]:
    """Put a scheme and tables into a folder; the arguments of the command."""
    data = folder / "data"
    data.mkdir()
    (folder / "scheme.yaml").write_text(scheme, encoding="utf-8")
    for name, content in {**TABLES, **tables}.items():
        raw = content.encode() if isinstance(content, str) else content
        (data / f"{name}.csv").write_bytes(raw)
    return [str(folder / "scheme.yaml"), str(data), "--out", str(folder / "out")]


def refused(folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]) -> str:
    """Run the command; it must fail with 2 and leave nothing behind. What it said."""
    before = sorted(path.name for path in folder.iterdir())
    assert main(arguments) == 2
    assert sorted(path.name for path in folder.iterdir()) == before
    said = capsys.readouterr().err
    assert "Traceback" not in said
    return said


def test_good_input_passes(tmp_path: Path) -> None:
    assert main(lay(tmp_path)) == 0
    results = (tmp_path / "out" / "results.csv").read_text(encoding="utf-8")
    assert results.splitlines()[1:] == [
        "u1,甲,g,86.50,1,好,ranked,2,",
        "u2,乙,g,78.75,2,差,ranked,0,safety",
    ]


def test_gb18030_bom_and_crlf_are_read_alike(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    arguments = lay(tmp_path / "a")
    others = lay(
        tmp_path / "b",
        units=("\ufeff" + UNITS).encode("gb18030"),
        values=b"\xef\xbb\xbf" + VALUES.replace("\n", "\r\n").encode(),
        ratings=RATINGS.encode("gb18030"),
    )
    assert main(arguments) == main(others) == 0
    for name in ("results.csv", "nodes.csv", "raters.csv"):
        assert (tmp_path / "a/out" / name).read_bytes() == (tmp_path / "b/out" / name).read_bytes()


def test_every_fault_of_the_data_is_named_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = lay(
        tmp_path,
        units=UNITS + "u1,again,g\n=1+1,formula,g\nu3,status,g\n",
        values=VALUES.replace("u2,study,3\n", "").replace("12.5", "20.01")
        + "u9,study,1\nu1,nope,1\nu1,review,3\nu2,plan,是\n",
        ratings=RATINGS
        + "u1,review,C,c,好\nu1,review,A,c,很好\nu1,study,A,c,好\nu1,review,A,a,好\n",
        events=EVENTS + "u1,extra,two,,\nu1,extra,1234567,,\n",
        vetoes=VETOES + "u2,fire,x\nu8,safety,\n",
    )
    said = refused(tmp_path, capsys, arguments)
    for expected in (
        "units.csv:4: unit u1 stands 2 times",
        "units.csv:5: =1+1 holds a formula",
        "values.csv:7: there is no unit u9",
        "values.csv:8: nope is no indicator",
        "values.csv:9: review takes no figure",
        "values.csv:10: unit u2, indicator plan stands 2 times",
        "values.csv:4: the figure of u1 for given does not fit its rule (manual, 20 points)",
        "values.csv: u2 has no row for study",
        "ratings.csv:6: review has no category 'C'; use one of A, B",
        "ratings.csv:7: '很好' is no mark of review; use one of 好, 差",
        "ratings.csv:8: study is no indicator that reads this file",
        "ratings.csv:9: unit u1, indicator review, category A, rater a stands 2 times",
        "events.csv:3: points 'two' is no number",
        "events.csv:4: points 1234567 has too many digits",
        "vetoes.csv:3: there is no veto fire; use one of safety",
        "vetoes.csv:4: there is no unit u8",
        "vetoes.csv:4: a veto without a basis",
    ):
        assert expected in said, expected


def test_every_fault_of_the_files_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = lay(
        tmp_path,
        scheme=GOOD.replace("full: 100", "full: 90"),
        units="unit,name\nu1,甲\n",
        values=VALUES + "u2,study\n",
        ratings=b"\xff\xfeu\x00n\x00i\x00t\x00",
        events=b"",
    )
    (tmp_path / "data" / "vetoes.parquet").write_bytes(b"PAR1")
    said = refused(tmp_path, capsys, arguments)
    for expected in (
        "scheme.yaml:2: full: is 90, but the top indicators' points add up to 100",
        "units.csv: has no column group",
        "values.csv:8: has 2 cells, the first line has 3",
        "ratings.csv:1: is UTF-16; save it as UTF-8",
        "events.csv:1: is empty",
        "there are vetoes.csv and vetoes.parquet",
    ):
        assert expected in said, expected


def test_a_category_without_marks_stops(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(
        tmp_path, capsys, lay(tmp_path, ratings=RATINGS.replace("u2,review,B,b,好\n", ""))
    )
    assert "u2 has 0 marks that count from category B for review" in said


def test_a_directory_of_other_things_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = lay(tmp_path)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letter.txt").write_text("mine")
    assert "holds something else than results" in refused(tmp_path, capsys, arguments)
    assert (tmp_path / "out" / "letter.txt").read_text() == "mine"


ROWS = {  # what is wrong in one place hides nothing that is wrong in another
    "the figures, beside a wrong mark": (
        {"values": VALUES.replace("u2,study,3\n", "").replace("12.5", "20.01")},
        ["values.csv:4: the figure of u1 for given", "values.csv: u2 has no row for study"],
    ),
    "the figures, beside a table without a column": (
        {"vetoes": "unit,veto\nu2,safety\n", "values": VALUES.replace("12.5", "x")},
        ["vetoes.csv: has no column basis", "values.csv:4: given: value 'x' is no number"],
    ),
    "everything in one row": (
        {"events": EVENTS + "u9,study,two,,\n", "values": VALUES + "u9,nope,1\n"},
        [
            "events.csv:3: there is no unit u9",
            "events.csv:3: study is no indicator that reads this file",
            "events.csv:3: points 'two' is no number",
            "values.csv:8: there is no unit u9",
            "values.csv:8: nope is no indicator",
        ],
    ),
    "the data, beside a sum that is wrong": (
        {"scheme": GOOD.replace("full: 100", "full: 90"), "values": VALUES.replace("12.5", "x")},
        ["scheme.yaml:2: full: is 90", "values.csv:4: given: value 'x' is no number"],
    ),
    "what needs no scheme, beside one that says nothing": (
        {
            "scheme": "scheme: [",
            "units": UNITS + "u1,again,g\n",
            "values": VALUES + "u9,study,1\n",
            "events": EVENTS + "u1,extra,two,,\n",
            "vetoes": VETOES + "u1,safety,\n",
        },
        [
            "scheme.yaml:1: is not YAML",
            "units.csv:4: unit u1 stands 2 times",
            "values.csv:8: there is no unit u9",
            "events.csv:3: points 'two' is no number",
            "vetoes.csv:3: a veto without a basis",
        ],
    ),
    "the rows, beside units that cannot be read": (
        {"units": "unit,name\nu1,\n", "values": VALUES.replace("12.5", "x")},
        ["units.csv: has no column group", "values.csv:4: given: value 'x' is no number"],
    ),
}


@pytest.mark.parametrize("sort", ROWS)
def test_one_fault_hides_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], sort: str
) -> None:
    given, expected = ROWS[sort]
    wrong_mark = RATINGS + "u1,review,A,c,很好\n"
    said = refused(tmp_path, capsys, lay(tmp_path, **{"ratings": wrong_mark, **given}))
    if "scheme" not in given:
        assert "ratings.csv:6: '很好' is no mark of review" in said
    for fault in expected:
        assert fault in said, said
    assert len(said.splitlines()) == len(set(said.splitlines()))


def test_marks_are_missed_but_where_a_faulty_one_may_be_meant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ratings = RATINGS.replace("u1,review,A,a,好", "u1,review,A,a,很好")
    ratings = ratings.replace("u2,review,B,b,好\n", "")
    said = refused(tmp_path, capsys, lay(tmp_path, ratings=ratings)).splitlines()
    assert said[0].startswith("ratings.csv:2: '很好' is no mark")
    assert said[1].startswith("ratings.csv: u2 has 0 marks that count from category B")
    assert len(said) == 2


def test_a_row_of_marks_names_its_category_and_its_mark(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "u9,review,C,c,很好\nu1,review,C,c,好\n"
    said = refused(tmp_path, capsys, lay(tmp_path, ratings=RATINGS + rows)).splitlines()
    places = [line.split(";", maxsplit=1)[0] for line in said]
    assert places == [
        "ratings.csv:6: there is no unit u9",
        "ratings.csv:6: review has no category 'C'",
        "ratings.csv:6: '很好' is no mark of review",
        "ratings.csv:7: review has no category 'C'",
    ]


@pytest.mark.parametrize(
    ("table", "cells", "place"),
    [
        ("events", 'u1,extra,1,,"good\nu1,extra,-3,,late\n', "events.csv:3: is not CSV"),
        ("events", 'u1,extra,1,,"ok\nu1,extra,-3,,"late\n', "events.csv:3: is not CSV"),
        ("vetoes", 'u1,v,"doc 5\nu2,v,doc 6\n', "vetoes.csv:3: is not CSV"),
        ("units", 'u9,九,"g\nu8,八,g"\n', "units.csv:4: group runs over two lines"),
    ],
)
def test_a_quotation_mark_left_open_swallows_no_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], table: str, cells: str, place: str
) -> None:
    said = refused(tmp_path, capsys, lay(tmp_path, **{table: TABLES[table] + cells}))
    assert said.startswith(place), said
    assert "look for a quotation mark that is not closed" in said


@pytest.mark.parametrize(
    ("table", "head", "meant"),
    [
        ("units", "unit,name,group,Status", "status"),
        ("values", "unit,indicator,value,Target", "target"),
        ("ratings", "unit,indicator,category,rater,value,rater unit", "rater_unit"),
    ],
)
def test_a_column_that_is_nearly_a_known_one_is_not_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], table: str, head: str, meant: str
) -> None:
    said = refused(tmp_path, capsys, lay(tmp_path, **{table: f"{head}\n"}))
    odd = head.rpartition(",")[2]
    assert f"{table}.csv: has a column {odd}; did you mean `{meant}`?" in said


def test_further_columns_are_passed_over(tmp_path: Path) -> None:
    head, *rows = VALUES.splitlines()
    values = "\n".join([f"{head},target2025,备注", *(f"{row},7,无" for row in rows)])
    assert main(lay(tmp_path, values=values)) == 0


@pytest.mark.parametrize("between", [";", "\t", "，"])
def test_columns_that_no_comma_parts_are_told_as_that(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], between: str
) -> None:
    said = refused(tmp_path, capsys, lay(tmp_path, events=EVENTS.replace(",", between)))
    assert said == (
        "events.csv:1: its columns are not parted by commas; save it anew as CSV, with commas\n"
    )


def test_a_faulty_rounding_hides_no_fault_of_the_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scheme = GOOD + "rounding: {places: true}\n"
    said = refused(tmp_path, capsys, lay(tmp_path, scheme, values=VALUES + "u1,nothing,4\n"))
    assert "rounding.places" in said
    assert "nothing is no indicator" in said


def test_brackets_in_notes_and_texts_are_no_nesting() -> None:
    notes = "".join(f"# from [80, {n})\n" for n in range(200))
    titles = "".join(
        f"- {{id: i{n}, title: '[', points: 0.1, rule: {{kind: flag}}}}\n" for n in range(200)
    )
    assert parse_scheme(f"{notes}scheme: x\nindicators:\n{titles}").places
    with pytest.raises(Faults, match="in more than 100 brackets"):
        parse_scheme("scheme: x\nindicators: " + "[ ']', " * 200)


def test_a_stranger_to_explain_is_told_beside_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = lay(tmp_path, values=VALUES + "u1,nothing,4\n")
    said = refused(tmp_path, capsys, [*arguments, "--explain", "u9"])
    assert "--explain: there is no unit u9; name one of units" in said
    assert "nothing is no indicator" in said


def test_results_go_where_a_link_leads(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to("real")
    arguments = lay(tmp_path)
    assert [main(arguments), main(arguments)] == [0, 0]
    assert (tmp_path / "out").is_symlink()
    assert (tmp_path / "real" / "results.csv").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "data",
        "out",
        "real",
        "scheme.yaml",
    ]


UNCLOSED = "look for a quotation mark that is not closed"
LEAVES = "study, plan, given, review, extra"


def test_a_fault_takes_one_line_whatever_a_cell_holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    values = VALUES + '"u\n9",study,4\nu1,"a\u2028b",4\n'
    said = refused(tmp_path, capsys, lay(tmp_path, values=values)).splitlines()
    assert said == [
        f"values.csv:8: unit runs over two lines; keep it on one; {UNCLOSED}",
        "values.csv:8: there is no unit u 9; add it to units, or correct it",
        f"values.csv:10: a b is no indicator that reads this file; use one of {LEAVES}",
    ]


def test_more_faults_than_anybody_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(f"u1,review,A,r{n},很好\n" for n in range(1090))
    said = refused(tmp_path, capsys, lay(tmp_path, ratings=RATINGS + rows)).splitlines()
    assert len(said) == 1001
    assert said[-1] == "ratings.csv: has more faults of this sort; mend them alike"


FOREIGN = {"letter.txt": "mine", "manifest.json": '{"name": "a web page"}'}


@pytest.mark.parametrize("name", FOREIGN)
def test_what_others_put_beside_earlier_results_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    arguments, out = lay(tmp_path), tmp_path / "out"
    assert main(arguments) == main(arguments) == 0  # earlier results are replaced
    (out / name).write_text(FOREIGN[name])
    assert "holds something else than results" in refused(tmp_path, capsys, arguments)
    assert (out / name).read_text() == FOREIGN[name]


SCHEME_FAULTS = {
    "taget: 4": ("target: 4", "did you mean `target`?"),
    "{kind: flog}": ("{kind: flag}", "flog is no kind of rule"),
    "A: 61": ("A: 60", "the categories' weights must add up to 100, not 101"),
    "points: 21, rule: {kind: flag}": (
        "points: 20, rule: {kind: flag}",
        "the top indicators' points add up to 101",
    ),
    "{id: study, points: 20, rule: {kind: flag}}": (
        "{id: plan, points: 20, rule: {kind: flag}}",
        "an indicator study stands 2 times",
    ),
    "cap_grade: 中": ("cap_grade: 差", "there is no grade 中"),
    "min: 80, quota: {}": ("min: 80", "give a share or a count"),
    "full: .nan": ("full: 100", "must be a number"),
    "bands: [[1, 50], [2, 60]]": ("target: 4, deduct: 5", "is no key of this place"),
    "points: -1, rule: {kind: manual}": ("points: 20, rule: {kind: manual}", "greater than 0"),
    "rounding: {places: 5}\nfull: 100": ("full: 100", "less than or equal to 4"),
    "bonus: {max: 5}, children: [{id: one, points: 1, rule: {kind: events}}]}": (
        "bonus: {max: 5}, rule: {kind: events}}",
        "a bonus with indicators below it; give it a rule instead",
    ),
    "rule: &r {kind: manual}, <<: *r}": (
        "rule: {kind: manual}}",
        "takes over another part (<<); write the values out",
    ),
}


@pytest.mark.parametrize("wrong", SCHEME_FAULTS)
def test_a_fault_of_the_scheme_says_where_and_what_is_right(wrong: str) -> None:
    right, said = SCHEME_FAULTS[wrong]
    text = GOOD.replace(right, wrong, 1)
    line = next(
        n
        for n, (a, b) in enumerate(
            zip(text.splitlines(), [*GOOD.splitlines(), ""], strict=False), 1
        )
        if a != b
    )
    with pytest.raises(Faults) as caught:
        parse_scheme(text, "s.yaml")
    assert said in str(caught.value)
    assert any(fault.where.startswith("s.yaml:") for fault in caught.value.faults)
    assert line <= len(text.splitlines())


def test_all_faults_of_a_scheme_come_at_once() -> None:
    text = (
        GOOD.replace("taget", "")
        .replace("{kind: flag}", "{kind: flog}")
        .replace("A: 60", "A: 61")
        .replace("full: 100", "full: 99")
    )
    with pytest.raises(Faults) as caught:
        parse_scheme(text, "s.yaml")
    lines = [fault.where.split(": ")[0] for fault in caught.value.faults]
    assert {"s.yaml:2", "s.yaml:5", "s.yaml:9"} <= set(lines)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(GOOD)), st.integers(0, 40), st.text(max_size=12))
def test_a_mangled_scheme_is_a_fault_or_a_scheme(start: int, length: int, instead: str) -> None:
    try:
        parse_scheme(GOOD[:start] + instead + GOOD[start + length :], "s.yaml")
    except Faults as faults:
        found = faults.faults
    else:
        return
    assert found
    assert all(fault.where and fault.what and fault.right for fault in found)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=60), st.integers(0, len(VALUES.encode())))
def test_mangled_bytes_are_a_fault_or_a_table(
    tmp_path_factory: pytest.TempPathFactory, instead: bytes, start: int
) -> None:
    folder = tmp_path_factory.mktemp("data")
    (folder / "units.csv").write_text(UNITS)
    (folder / "values.csv").write_bytes(VALUES.encode()[:start] + instead + VALUES.encode()[start:])
    faults: list[Fault] = []
    read_directory(folder, faults)
    assert all(fault.where.startswith("values.csv") for fault in faults)


def test_a_title_written_over_two_lines_is_one_line() -> None:
    folded = "scheme: town\ntitle: >-\n  述职评议\n  考核方案\nfull: 20\nindicators:\n"
    scheme = parse_scheme(folded + "- {id: plan, points: 20, rule: {kind: flag}}\n")
    assert scheme.title == {"zh": "述职评议 考核方案"}


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("exclude_own: A", "must be true, false or a list of categories, as in [B, C]"),
        ("within: {trim: 0}", "must be mean, median or {trim: 1}"),
        ("within: most", "must be mean, median or {trim: 1}"),
    ],
)
def test_what_may_be_written_in_several_ways_is_told_once(rule: str, told: str) -> None:
    scheme = GOOD.replace("categories: {A: 60, B: 40}", f"categories: {{A: 60, B: 40}}\n    {rule}")
    with pytest.raises(Faults) as caught:
        parse_scheme(scheme)
    assert [fault.right.text("en") for fault in caught.value.faults] == [told]


def test_blank_lines_are_passed_over_and_lines_keep_their_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spaced = "\n  \n,,\n" + UNITS.replace("\n", "\n \t\n\n") + "   \n"
    assert main(lay(tmp_path, units=spaced)) == 0
    (tmp_path / "again").mkdir()
    said = refused(tmp_path / "again", capsys, lay(tmp_path / "again", units=f"{spaced}u1,丙,g\n"))
    assert said == "units.csv:14: unit u1 stands 2 times; keep one row\n"


def test_a_vote_that_was_left_behind_is_not_a_vote_without_marks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    loose = GOOD.replace("kind: ratings", "kind: ratings\n    short: renormalise")
    arguments = lay(tmp_path, loose)
    (tmp_path / "data" / "ratings.csv").unlink()
    said = refused(tmp_path, capsys, arguments)
    assert said.startswith("ratings.csv: is missing; review reads it: add it")


@pytest.mark.parametrize("text", ["- a\n", "hello\n", "5\n", ""])
def test_what_is_no_scheme_is_told_in_one_sentence(text: str) -> None:
    with pytest.raises(Faults) as caught:
        parse_scheme(text)
    assert [fault.what.text("en") for fault in caught.value.faults] == ["is not a scheme"]


def test_points_that_are_not_said_are_no_wrong_sum() -> None:
    with pytest.raises(Faults) as caught:
        parse_scheme(GOOD.replace("{id: study, points: 20,", "{id: study,"))
    assert [fault.code for fault in caught.value.faults] == ["points"]
