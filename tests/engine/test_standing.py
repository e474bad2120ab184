"""Ranks and grades where units tie."""

from shuzhi.engine.scheme import parse_scheme
from shuzhi.engine.score import score

SCHEME = """
scheme: ties
ranking: {within: all, ties: dense}
indicators:
- {id: given, points: 100, rule: {kind: manual}}
grades:
- {grade: 好, min: 60, quota: {count: 2}}
- {grade: 较好, quota: {share: "1/2", round: ceil}}
- {grade: 差}
"""
POINTS = {"a": "90", "b": "80", "c": "80", "d": "70", "e": "50"}


def test_dense_ranks_and_a_tie_across_the_edge_of_a_quota() -> None:
    units = [{"unit": unit, "name": "", "group": ""} for unit in POINTS]
    values = [{"unit": u, "indicator": "given", "value": points} for u, points in POINTS.items()]
    outcome = score(parse_scheme(SCHEME), {"units": units, "values": values}, None)
    assert {row.unit: (row.rank, row.grade) for row in outcome.results} == {
        "a": (1, "好"),  # alone: the two that tie would be second and third
        "b": (2, "较好"),
        "c": (2, "较好"),
        "d": (3, "较好"),
        "e": (4, "差"),
    }
