"""How firm a ranking is: against the reference, counted anew for every variation and rater."""

import random
from fractions import Fraction
from typing import Any

from hypothesis import given

from shuzhi.engine.scheme import parse_scheme
from shuzhi.engine.score import score
from tests.engine.slow import Slow
from tests.engine.test_exact import World, as_yaml, scored
from tests.engine.worlds import few, worlds

TIMES, SEED = 20, 7


class Varied(Slow):
    """The reference with every indicator's points × its factor: weights, but not what `full` is."""

    def __init__(self, world: World, factors: dict[str, Fraction]) -> None:
        super().__init__(*world)
        self.plain, self.factors = Slow(*world), factors

    def worth(self, indicator: dict[str, Any]) -> Fraction:
        return self.plain.worth(indicator) * self.factors[indicator["id"]]

    def full(self) -> Fraction:
        return self.plain.full()


def ranks(reference: Slow) -> dict[str, int]:
    return {unit: row["rank"] for unit, row in reference.results().items() if row["ranked"]}


def varied(world: World) -> list[dict[str, int]]:
    """The ranks under as many variations, drawn as the page says: 0.9000 … 1.1000 in order."""
    draw, found = random.Random(SEED), []  # noqa: S311 - repeatable on purpose
    places = parse_scheme(as_yaml(world[0])).places
    for _ in range(TIMES):
        factors = {place.id: Fraction(draw.randint(9000, 11000), 10000) for place in places}
        found.append(ranks(Varied(world, factors)))
    return found


def without_each_rater(world: World) -> list[dict[str, int]]:
    scheme, data = world
    people = {(row["category"], row["rater"]) for row in data["ratings"]}
    return [
        ranks(Slow(scheme, {**data, "ratings": [r for r in data["ratings"] if who(r) != one]}))
        for one in sorted(people)
    ]


def who(row: dict[str, str]) -> tuple[str, str]:
    return row["category"], row["rater"]


def share(found: list[int], percent: int) -> int:
    """The nearest rank: of twenty the first, the tenth and the nineteenth."""
    return sorted(found)[percent * TIMES // 100 - 1]


@few
@given(worlds())
def test_ranks_under_varied_points_and_without_each_rater(world: World) -> None:
    rows = {r["unit"]: r for r in scored(world, robustness=TIMES, seed=SEED).rows("robustness")}
    base, drawn, left = ranks(Slow(*world)), varied(world), without_each_rater(world)
    assert rows.keys() == base.keys()
    for unit, row in rows.items():
        assert int(row["rank"]) == base[unit]
        mine = [found[unit] for found in drawn]
        assert [int(row[f"p{p}"]) for p in (5, 50, 95)] == [share(mine, p) for p in (5, 50, 95)]
        if all(found.keys() == base.keys() for found in left):  # nobody loses every mark
            others = [base[unit], *(found[unit] for found in left)]
            assert (int(row["best"]), int(row["worst"])) == (min(others), max(others))


def test_the_same_seed_gives_the_same_bytes_and_another_does_not() -> None:
    units = [f"u{n:02}" for n in range(30)]
    leaves = [f"- {{id: {name}, points: 25, rule: {{kind: manual}}}}" for name in "abcd"]
    draw = random.Random(1)  # noqa: S311 - repeatable on purpose
    data = {
        "units": [{"unit": unit, "name": "", "group": ""} for unit in units],
        "values": [
            {"unit": unit, "indicator": name, "value": str(draw.randint(0, 25))}
            for unit in units
            for name in "abcd"
        ],
    }
    scheme = parse_scheme("scheme: firm\nindicators:\n" + "\n".join(leaves))

    def told(seed: int) -> list[dict[str, str]]:
        return score(scheme, data, None, robustness=50, seed=seed).rows("robustness")

    assert told(1) == told(1) != told(2)


def test_whoever_has_nothing_left_without_a_rater_has_no_rank() -> None:
    rule = {"kind": "ratings", "scale": {"from": 0, "to": 100}, "categories": {"A": 100}}
    leaf = {"id": "r", "points": 100, "rule": rule | {"short": "renormalise"}}
    marks = {"u0": {"solo": 95}, "u1": {"x": 80, "y": 80}, "u2": {"x": 60, "y": 60}}
    data = {
        "units": [{"unit": unit, "name": unit, "group": "g"} for unit in marks],
        "ratings": [
            {"unit": unit, "indicator": "r", "category": "A", "rater": rater, "value": str(value)}
            for unit, given in marks.items()
            for rater, value in given.items()
        ],
    }
    scheme = parse_scheme(as_yaml({"scheme": "s", "indicators": [leaf]}))
    outcome = score(scheme, data, None, robustness=TIMES, seed=SEED)
    found = {row["unit"]: (row["best"], row["worst"]) for row in outcome.rows("robustness")}
    assert found == {"u0": ("1", "1"), "u1": ("1", "2"), "u2": ("2", "3")}
