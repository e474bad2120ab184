"""Packs: sound texts, and faults that name file, line and path."""

import re
import textwrap
from pathlib import Path

import pytest
from django.utils import translation

from shuzhi.catalogue.faults import PackError
from shuzhi.catalogue.packs import FOLDER, body_of, read_pack, read_packs

SOUND = textwrap.dedent("""\
    id: simple-ballot
    kind: gathering
    version: 1
    title: {zh: 简单会议, en: A simple meeting}
    purpose: {zh: 试一试, en: A trial}
    from: [28]
    rules:
    - {name: 试行办法, version: "2019", article: 第三条, source: read}
    defaults:
    - {path: quorum_percent, note: {zh: 待定, en: to be decided}}
    body:
      # why eighty
      quorum_percent: 80
      agenda: [述职]
      categories: [{id: A, title: 领导}]
      speech: {minutes: 5}
    """)


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(PackError) as caught:
        read_pack(text, "review/simple-ballot.yaml", "review")
    assert all(fault.file == "review/simple-ballot.yaml" for fault in caught.value.faults)
    return [(fault.line, fault.path) for fault in caught.value.faults]


def test_a_sound_pack_gives_envelope_and_body() -> None:
    pack = read_pack(SOUND, "review/simple-ballot.yaml", "review")
    assert pack.reference == "simple-ballot@1"
    assert pack.envelope.carries == [28]
    assert pack.body["quorum_percent"] == 80
    assert pack.body_text.startswith("# why eighty\nquorum_percent: 80\n")


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("version: 1", "version: one", (3, "version")),
        ("version: 1", "version: 0", (3, "version")),
        ("from: [28]", "from: []", (6, "from")),
        ("kind: gathering", "kind: dance", (2, "kind")),
        ("title: {zh: 简单会议, en: A simple meeting}", "title: {zh: 简单会议}", (4, "title.en")),
        ("source: read", "source: guessed", (8, "rules[0].source")),
        ("id: simple-ballot", "id: other", (1, "id")),
        ("path: quorum_percent", "path: quorum_percents", (10, "defaults[0].path")),
        ("purpose:", "purpsoe:", (5, "purpsoe")),
    ],
)
def test_a_fault_names_its_line_and_path(before: str, after: str, found: tuple[int, str]) -> None:
    assert found in faults(SOUND.replace(before, after))


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("quorum_percent: 80", "quorum_percent: many", (13, "body.quorum_percent")),
        ("quorum_percent: 80", "quorum_percent: 101", (13, "body.quorum_percent")),
        ("agenda: [述职]", "agenda: []", (14, "body.agenda")),
        ("{id: A, title: 领导}", "{id: A}", (15, "body.categories[0].title")),
        ("speech: {minutes: 5}", "speach: {minutes: 5}", (16, "body.speach")),
    ],
)
def test_the_host_of_a_kind_checks_the_body(
    before: str, after: str, found: tuple[int, str]
) -> None:
    assert found in faults(SOUND.replace(before, after))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-hans", "rules[0].source: 应为以下之一：read、"),
        ("en", "rules[0].source: must be 'read'"),
    ],
)
def test_a_fault_speaks_the_language_of_its_reader(language: str, said: str) -> None:
    with translation.override(language), pytest.raises(PackError, match=re.escape(said)):
        read_pack(SOUND.replace("source: read", "source: guessed"), "review/simple-ballot.yaml")


def _broken(name: str, before: str, after: str) -> tuple[str, int]:
    """Return a pack of ours with one thing changed, and the line where that was."""
    text = (FOLDER / "review" / f"{name}.yaml").read_text("utf-8")
    assert before in text
    return text.replace(before, after, 1), text[: text.index(before)].count("\n") + 1


@pytest.mark.parametrize(
    ("name", "before", "after", "path"),
    [
        ("town-review", "points: 40", "points: 39", "body"),
        ("town-review", "kind: shortfall", "kind: shortfal", "body.indicators[0].children[0].rule"),
        ("secretary-review-ballot", "weight: 40", "weight: heavy", "body.categories[0].weight"),
        ("secretary-review-ballot", "title: 带头", "titel: 带头", "body.items[0].titel"),
    ],
)
def test_polls_and_schemes_are_checked_by_their_hosts(
    name: str, before: str, after: str, path: str
) -> None:
    text, line = _broken(name, before, after)
    with pytest.raises(PackError) as caught:
        read_pack(text, f"review/{name}.yaml", "review")
    assert any(fault.path.startswith(path) for fault in caught.value.faults)
    if path != "body":
        assert line in {fault.line for fault in caught.value.faults}


def test_all_faults_are_told_at_once() -> None:
    text = SOUND.replace("version: 1", "version: one").replace("from: [28]", "from: [x]")
    assert faults(text) == [(3, "version"), (6, "from[0]")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (SOUND + "version: 2\n", 17),  # a key given twice
        (SOUND.replace("{zh: 试一试, en: A trial}", "{zh: 试一试"), 6),
        ("- a list\n", 1),
        ("", 1),
    ],
)
def test_what_is_no_mechanism_at_all(text: str, line: int) -> None:
    assert faults(text)[0][0] == line


def test_a_text_that_unfolds_into_millions_is_refused() -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 8)]
    assert len(faults("\n".join(rows))) == 1


def test_a_text_cannot_call_code() -> None:
    text = SOUND.replace("quorum_percent: 80", "quorum_percent: !!python/object/apply:os.getpid []")
    assert faults(text) == [(13, "body.quorum_percent")]
    text = SOUND.replace("quorum_percent: 80", "quorum_percent: !!python/name:os.getpid x")
    assert faults(text) == [(13, "body.quorum_percent")]


def test_the_body_ends_where_the_envelope_goes_on() -> None:
    assert body_of("body:\n  a: 1\n\n  b: 2\nmeasures: []\n") == "a: 1\n\nb: 2\n"
    assert body_of("id: x\n") == ""


def test_a_chinese_text_folded_over_two_lines_has_no_gap() -> None:
    folded = "purpose:\n  zh: >-\n    共 60 分。\n    “好”不超过三成，\n    其余照旧\n  en: A trial"
    text = SOUND.replace("purpose: {zh: 试一试, en: A trial}", folded)
    purpose = read_pack(text, "review/simple-ballot.yaml", "review").envelope.purpose
    assert purpose.zh == "共 60 分。“好”不超过三成，其余照旧"


def test_faults_of_several_files_come_together(tmp_path: Path) -> None:
    (tmp_path / "review").mkdir()
    (tmp_path / "review" / "one.yaml").write_text("id: [", "utf-8")
    (tmp_path / "review" / "two.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(PackError) as caught:
        read_packs(tmp_path)
    assert [fault.file for fault in caught.value.faults] == ["review/one.yaml", "review/two.yaml"]


def test_the_products_own_packs_are_sound() -> None:
    found = {pack.reference: pack for pack in read_packs(FOLDER)}
    assert {"secretary-review-ballot@1", "secretary-review-meeting@1", "town-review@1"} <= set(
        found
    )
    ballot = found["secretary-review-ballot@1"].body
    assert len(ballot["items"]) == 10
    assert sum(row["weight"] for row in ballot["categories"]) == 100
    scheme = found["town-review@1"].body
    points = [row["points"] for row in scheme["indicators"] if "points" in row]
    assert points == [60, 40]
    assert sum(scheme["indicators"][1]["rule"]["categories"].values()) == 100


def test_meeting_form_and_scheme_speak_of_the_same_raters() -> None:
    found = {pack.envelope.id: pack.body for pack in read_packs(FOLDER)}
    ballot = found["secretary-review-ballot"]
    scheme = found["town-review"]["indicators"][1]["rule"]
    weights = {row["id"]: row["weight"] for row in ballot["categories"]}
    assert weights == scheme["categories"]
    assert ballot["scale"]["choices"] == scheme["scale"]
    assert [row["id"] for row in ballot["categories"] if row.get("recuse")] == scheme["exclude_own"]
    called = {row["id"]: row["title"] for row in found["secretary-review-meeting"]["categories"]}
    assert called == {row["id"]: row["title"] for row in ballot["categories"]}
