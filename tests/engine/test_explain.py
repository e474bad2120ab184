"""The derivation of a score: what it calls equal is equal, and every step is told."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given

from shuzhi.engine.derive import facts
from shuzhi.engine.explain import Node, explain
from shuzhi.engine.scheme import parse_scheme
from tests.engine.slow import half_up
from tests.engine.test_exact import World, as_yaml, scored
from tests.engine.worlds import few, worlds

SCHEME = """
scheme: peers
indicators:
- {{id: calls, points: 100, rule: {{kind: {kind}, within: {within}}}}}
"""
DATA = {
    "units": [
        {"unit": unit, "name": unit, "group": group}
        for unit, group in [("u1", "g"), ("u2", "g"), ("u3", "g"), ("u4", "h"), ("u5", "h")]
    ],
    "values": [
        {"unit": unit, "indicator": "calls", "value": value}
        for unit, value in [("u1", "2"), ("u2", "5"), ("u3", "12"), ("u4", "0"), ("u5", "22")]
    ],
}


def told(kind: str, within: str) -> Node:
    scheme = parse_scheme(SCHEME.format(kind=kind, within=within))
    return explain(scheme, DATA, "u2", language="en").children[0]


@pytest.mark.parametrize(
    ("kind", "within", "arithmetic"),
    [
        ("minmax", "group", "(5 − 2) ÷ (12 − 2) = 0.3; 0.3 × 100 = 30"),
        ("rank", "group", "(1 + 0÷2) ÷ 2 = 0.5; 0.5 × 100 = 50"),
        ("rank", "all", "(2 + 0÷2) ÷ 4 = 0.5; 0.5 × 100 = 50"),
    ],
)
def test_a_relative_leaf_shows_its_peers(kind: str, within: str, arithmetic: str) -> None:
    node = told(kind, within)
    assert node.arithmetic == arithmetic
    of_group = ["u1", "u2", "u3"]
    expected = of_group if within == "group" else [*of_group, "u4", "u5"]
    assert [row["unit"] for row in node.rows] == expected


def test_peers_are_all_counted_though_not_all_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "MOST_PEERS", 2)
    node = told("rank", "all")
    assert node.arithmetic == "(2 + 0÷2) ÷ 4 = 0.5; 0.5 × 100 = 50"
    assert [row["unit"] for row in node.rows] == ["u1", "u2"]
    assert node.rule.endswith("(2 of 5 are listed)")


ONE_LEAF = """
scheme: one
indicators:
- {{id: leaf, points: 20, {rule}}}
"""


@pytest.mark.parametrize(
    ("rule", "value", "arithmetic"),
    [
        ("rule: {kind: ratio, target: 10}", "8", "8 ÷ 10 = 0.8; 0.8 × 20 = 16"),
        ("rule: {kind: ratio, target: 10}", "12", "12 ÷ 10 → 1; 1 × 20 = 20"),
        ("rule: {kind: ratio, target: 2, direction: down}", "0", "0 → 1; 1 × 20 = 20"),
        (
            "rule: {kind: linear, zero: -1, full: 4}",
            "1e0",
            "(1 − -1) ÷ (4 − -1) = 0.4; 0.4 × 20 = 8",
        ),
        ("rule: {kind: bands, bands: [[9, 100], [null, 0]]}", "9", "9 → 1; 1 × 20 = 20"),
        ("rule: {kind: flag}", "是", "是 → 1; 1 × 20 = 20"),
        (
            "rule: {kind: shortfall, target: 4, deduct: 5}",
            "3",
            "(20 − 5×1) ÷ 20 = 0.75; 0.75 × 20 = 15",
        ),
        ("rule: {kind: shortfall, target: 9, deduct: 5}", "3", "(20 − 5×6) ÷ 20 → 0; 0 × 20 = 0"),
        ("rule: {kind: manual}", "5", "5 ÷ 20 = 0.25; 0.25 × 20 = 5"),
        ("rule: {kind: minmax}", "5", "nobody to compare with → 1; 1 × 20 = 20"),
    ],
)
def test_a_figure_becomes_points(rule: str, value: str, arithmetic: str) -> None:
    data = {
        "units": [{"unit": "u", "name": "", "group": ""}],
        "values": [{"unit": "u", "indicator": "leaf", "value": value}],
    }
    tree = explain(parse_scheme(ONE_LEAF.format(rule=rule)), data, "u", language="en")
    assert tree.children[0].arithmetic == arithmetic


def test_a_unit_with_nothing_left_is_told_why_it_has_no_rank() -> None:
    data = {
        "units": [{"unit": "u", "name": "", "group": ""}],
        "values": [{"unit": "u", "indicator": "leaf", "value": "na"}],
    }
    tree = explain(
        parse_scheme(ONE_LEAF.format(rule="rule: {kind: flag}")), data, "u", language="en"
    )
    assert (tree.value, tree.status) == ("", "unranked")
    assert tree.children[-1].rule == "nothing is applicable: no total, not ranked"


def value_of(text: str) -> Fraction:
    """What a line of plain arithmetic comes to."""
    plain = re.sub(r"[0-9]+(\.[0-9]+)?", r"Fraction('\g<0>')", text)
    signs = str.maketrans({"×": "*", "÷": "/", "−": "-"})
    return Fraction(eval(plain.translate(signs), {"Fraction": Fraction}))  # noqa: S307 - our digits


def every(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from every(child)


@few
@given(worlds())
def test_what_a_derivation_calls_equal_is_equal(world: World) -> None:
    scheme = parse_scheme(as_yaml(world[0]))
    unit = world[1]["units"][0]["unit"]
    tree = scored(world, explain=unit, language="en").derivation
    assert tree is not None
    for node in every(tree):
        for number, part in enumerate(node.arithmetic.split("; ")):
            left, equal, right = part.rpartition(": ")[2].partition(" = ")
            if equal:  # a rate has nine places, points have six
                assert half_up(value_of(left), 6 if number else 9) == Fraction(right), node
    if tree.arithmetic:
        left, _, right = tree.arithmetic.partition(" → ")
        total = half_up(half_up(value_of(left), 6), scheme.rounding.places)
        assert total == Fraction(Decimal(right.partition(" ")[0])), tree


ASIDE = """
scheme: aside
indicators:
- {id: gone, points: 40, na: full, children: [{id: inner, points: 40, rule: {kind: flag}}]}
- id: review
  points: 40
  rule: {kind: ratings, scale: {from: 0, to: 100}, categories: {A: 100}, within: {trim: 1}}
- {id: kept, points: 20, rule: {kind: flag}}
"""


def aside(unit: str) -> list[Node]:
    leaves = {"inner": "na", "kept": "1"}
    values = [
        {"unit": name, "indicator": leaf, "value": value}
        for name in ("u1", "u2")
        for leaf, value in leaves.items()
    ]
    marks = [
        {"unit": name, "indicator": "review", "category": "A", "rater": mark, "value": mark}
        for name in ("u1", "u2")
        for mark in ("60", "65", "70", "75")
    ]
    data = {
        "units": [{"unit": name, "name": name, "group": "g"} for name in ("u1", "u2")],
        "values": [*values, {"unit": "u2", "indicator": "review", "value": "na"}],
        "ratings": marks,
    }
    return explain(parse_scheme(ASIDE), data, unit, language="en").children


def test_what_stands_in_for_a_branch_is_no_mean() -> None:
    gone = aside("u1")[0]
    assert (gone.rule, gone.arithmetic) == ("not applicable: counted as full", "")


def test_only_the_marks_that_are_added_up_are_summed() -> None:
    [category] = aside("u1")[1].children
    assert category.arithmetic == "65×1, 70×1: 135 ÷ (2 × 100) = 0.675"
    assert len(category.rows) == 4


def test_a_row_that_puts_marks_aside_is_the_one_that_is_told() -> None:
    review = aside("u2")[1]
    assert review.rule.startswith("not applicable")
    assert [row["value"] for row in review.rows] == ["na"]
    assert not review.children
