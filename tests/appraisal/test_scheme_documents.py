"""The scheme as a document: what an edit changes, what it leaves alone, what it refuses."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from shuzhi.appraisal.forms.scheme import ItemForm
from shuzhi.appraisal.forms.scheme_parts import GeneralForm, GradesForm, VetoesForm
from shuzhi.appraisal.schemes import changes
from shuzhi.appraisal.schemes.document import Document, Outline, Steps
from shuzhi.appraisal.schemes.grammar import kinds, options_of
from shuzhi.appraisal.schemes.tree import tree_of
from shuzhi.appraisal.schemes.words import CHOICES, KINDS, PARAMETERS
from shuzhi.catalogue.packs import FOLDER, body_of
from shuzhi.engine.scheme import parse_scheme
from shuzhi.engine.scheme.places import read_yaml
from shuzhi.kernel.errors import RefusedError

from .sample import SCHEME_TEXT

PACKS = [
    path for path in sorted(FOLDER.rglob("*.yaml")) if "\nkind: scheme\n" in path.read_text("utf-8")
]
TEXTS = [SCHEME_TEXT, *(body_of(path.read_text("utf-8")) for path in PACKS)]


def value(text: str) -> Any:
    return read_yaml(text, "scheme.yaml").value


def resaved(text: str, address: str) -> str:
    """Open an item's form, change nothing, save."""
    document = Document(text)
    steps = tuple(map(int, address.split(".")))
    form = ItemForm(node=document.spot(steps).node)
    bound = ItemForm(posted(form), node=document.spot(steps).node)
    assert bound.is_valid(), bound.errors
    changes.put_item(document, steps, bound.item())
    return document.text()


def posted(form: Any) -> dict[str, Any]:
    """Return what a browser would send for a form as it is shown."""
    found: dict[str, Any] = {"save": "1"}
    for bound in form:
        shown = bound.value()
        if hasattr(bound.field, "cells"):
            for number, row in enumerate(shown or ()):
                for cell in bound.field.cells:
                    text = row.get(cell.key)
                    found[f"{bound.name}-{number}-{cell.key}"] = "" if text is None else str(text)
        elif isinstance(shown, list):
            found[bound.name] = shown
        elif shown is not None:
            found[bound.name] = str(shown)
    return found


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_opening_and_saving_every_form_changes_nothing(text: str) -> None:
    for spot in Document(text).spots():
        assert value(resaved(text, spot.address)) == value(text), spot.address
    document = Document(text)
    for form_type, key, name in ((GradesForm, "grades", "grade"), (VetoesForm, "vetoes", "id")):
        form = form_type(posted(form_type(document=document)), document=document)
        assert form.is_valid(), form.errors
        changes.put_rows(document, key, form.rows(), name)
    general = GeneralForm(posted(GeneralForm(document=document)), document=document)
    assert general.is_valid(), general.errors
    changes.put_general(document, general.cleaned_data)
    assert parse_scheme(document.text()).model_dump() == parse_scheme(text).model_dump()


def test_comments_and_unknown_keys_stay() -> None:
    text = SCHEME_TEXT.replace("target: 4, each", "target: 4, remark: 党办核, each")
    document = Document(text)
    node = document.spot((0, 0)).node
    form = ItemForm(posted(ItemForm(node=node)) | {"p_target": "6"}, node=node)
    assert form.is_valid()
    assert form.beyond == ["remark"]
    changes.put_item(document, (0, 0), form.item())
    after = document.text()
    assert "target: 6, remark: 党办核" in after
    assert "# 平时" in after


EDITS: Sequence[Callable[[Document, Steps], str]] = (
    lambda document, steps: changes.set_points(document, steps, Decimal("7.5")),
    lambda document, steps: changes.move_item(document, steps, 1),
    changes.remove_item,
    lambda document, _steps: changes.add_item(document, (), "leaf"),
    lambda document, _steps: changes.add_item(document, (), "branch"),
)


def leaves_of(document: Document) -> dict[str, Any]:
    return {s.id: dict(s.node) for s in document.spots() if "children" not in s.node}


@settings(max_examples=30)  # each edit reads the whole text again
@given(st.lists(st.tuples(st.integers(0, 40), st.sampled_from(EDITS)), max_size=6))
def test_any_row_of_edits_keeps_all_else(
    edits: list[tuple[int, Callable[[Document, Steps], str]]],
) -> None:
    """Points, moves, additions and removals touch nothing but what they name."""
    document = Document(SCHEME_TEXT)
    for number, edit in edits:
        spots = document.spots()
        spot, before = spots[number % len(spots)], leaves_of(document)
        with contextlib.suppress(RefusedError):
            edit(document, spot.steps)
        document = Document(document.text())
        for name, node in leaves_of(document).items():
            assert name == spot.id or name not in before or node == before[name]


@pytest.mark.parametrize(
    "text",
    [
        SCHEME_TEXT.replace("rule: {kind: flag}", "rule: &flag {kind: flag}"),
        "scheme: [",
        "scheme: x\nindicators: 5\n",
        "- 1\n",
        "scheme: x\nindicators:\n- text\n",
    ],
)
def test_what_an_editor_could_spoil_is_refused(text: str) -> None:
    with pytest.raises(RefusedError):
        Document(text).spots()


def test_the_last_item_below_a_branch_cannot_go() -> None:
    document = Document("scheme: x\nindicators:\n- {id: a, points: 1, rule: {kind: flag}}\n")
    with pytest.raises(RefusedError):
        changes.remove_item(document, (0,))


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_kind_has_a_form_with_words(kind: str) -> None:
    """What the published schema says can be said in the form; a new parameter needs words."""
    assert kind in KINDS
    form = ItemForm(node={"id": "a", "points": 5, "rule": {"kind": kind}})
    for parameter in kinds()[kind]:
        assert f"p_{parameter.name}" in form.fields, f"{parameter} has no control"
        assert parameter.name in PARAMETERS
        for one in parameter.choices:
            assert (parameter.name, one) in CHOICES


@pytest.mark.parametrize(
    ("model", "key", "words"),
    [
        ("Indicator", "na", "na"),
        ("Indicator", "missing", "missing"),
        ("Indicator", "aggregate", "aggregate"),
        ("Scheme", "rank_on", "rank_on"),
        ("Ranking", "within", "ranking"),
        ("Ranking", "ties", "ties"),
        ("Quota", "round", "round"),
    ],
)
def test_every_choice_has_words(model: str, key: str, words: str) -> None:
    assert options_of(model, key)
    assert {(words, one) for one in options_of(model, key)} <= set(CHOICES)


FAULTY: Mapping[str, tuple[str, str, str]] = {
    "sum": ("points: 20\n        rule", "points: 21\n        rule", "下级指标合计为 61"),
    "full": ("full: 100", "full: 99", "分值合计为 100"),
    "kind": ("kind: flag", "kind: flog", "flog"),
    "weights": ("A: 60", "A: 50", "合计应为 100"),
    "target": ("target: 10", "target: -1", "目标值应大于 0"),
    "number": ("deduct: 5", "deduct: 五", "数字"),
    "missing": ("{kind: shortfall, target: 4, each: 1, deduct: 5}", "{kind: shortfall}", "deduct"),
    "key": ("cap: 1", "cop: 1", "cop"),
    "twice": ("id: plan", "id: training", "2 次"),
    "grade": ("cap_grade: 一般", "cap_grade: 中", "没有等次"),
    "order": ("min: 60", "min: 95", "高于更好等次"),
}


@pytest.mark.parametrize("name", sorted(FAULTY))
def test_faults_are_told_in_words_at_their_place(name: str) -> None:
    old, new, said = FAULTY[name]
    text = SCHEME_TEXT.replace(old, new, 1)
    assert text != SCHEME_TEXT
    tree = tree_of(Outline(text), "zh")
    told = [str(fault) for fault in tree.all_faults]
    assert any(said in words for words in told), told


def test_a_fault_stands_at_its_item() -> None:
    text = SCHEME_TEXT.replace("target: 10", "target: -1")
    rows = {row.spot.id: row for row in tree_of(Outline(text), "zh").rows}
    assert len(rows["training"].faults) == 1
    assert rows["training"].faults[0].where == "rule"
    assert not rows["study"].faults
    assert rows["study"].words == "目标 4，每差 1 扣 5 分，扣完为止"


def test_an_indicator_moves_only_where_it_may_stand() -> None:
    document = Document(SCHEME_TEXT)
    for steps, goal, said in (((1,), (2,), "下面不能再加"), ((2,), (0,), "最上层")):
        with pytest.raises(RefusedError, match=said):
            changes.into_branch(document, steps, goal)
    ids = [spot.id for spot in document.spots()]
    changes.into_branch(document, (0, 0), ())
    assert sorted(spot.id for spot in document.spots()) == sorted(ids)
    assert document.spots()[-1].id == "study"


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("{kind: ratio}", "各单位自己目标的比例"),
        ("{kind: ratio, direction: down}", "各单位自己的目标"),
        ("{kind: shortfall, deduct: 1}", "目标逐个单位定"),
        ("{kind: excess, deduct: 1}", "上限逐个单位定"),
    ],
)
def test_a_target_that_each_unit_has_of_its_own_is_said_in_words(rule: str, said: str) -> None:
    text = f"scheme: own\nfull: 5\nindicators:\n- {{id: a, title: 甲, points: 5, rule: {rule}}}\n"
    row = tree_of(Outline(text), "zh").rows[0]
    assert said in row.words
    assert "—" not in row.words


def test_the_choices_of_a_form_are_in_the_readers_language() -> None:
    document = Document(body_of((FOLDER / "review/town-review.yaml").read_text("utf-8")))
    named = {}
    for code in ("zh-hans", "en"):
        with translation.override(code):
            field: Any = GeneralForm(document=document).fields["tiebreak"]
            named[code] = dict(field.choices)["review"]
    assert named == {"zh-hans": "现场测评", "en": "Rating in the hall"}
