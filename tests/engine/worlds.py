"""Random schemes with random data that fits them, for the reference to check."""

import copy
import os
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

Draw = Any
World = tuple[dict[str, Any], dict[str, list[dict[str, str]]]]
EXAMPLES = int(os.environ.get("SHUZHI_EXAMPLES", "8"))
SETS, SIDE_BY_SIDE = 20, 8
few = settings(  # a calculation takes half a second: no time to shrink what fails
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    derandomize=EXAMPLES <= 8,
)
KINDS = [
    "ratio",
    "linear",
    "bands",
    "flag",
    "shortfall",
    "excess",
    "manual",
    "ratings",
    "events",
    "minmax",
    "zscore",
    "rank",
    "percentile",
]
SCALE = {"好": 100, "较好": 85, "一般": 70, "差": 50}
OF_DATA = {"unit", "group", "rater_unit"}
NAMES = OF_DATA | {"indicator", "rater"}
BONUSES = [{"min": -5, "max": 5}, {"min": -5, "max": "2.5"}, {"max": 3}, {"min": "-0.5"}, {}]


def decimals(low: int, high: int, places: int) -> Any:
    """Decimals as text, sometimes with closing zeros."""
    return st.integers(low * 10**places, high * 10**places).map(lambda n: number(n, places))


def number(whole: int, places: int) -> str:
    sign, digits = "-" if whole < 0 else "", str(abs(whole)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def figure(draw: Draw) -> str:
    """Mostly small; some need more than 64 bits."""
    small = decimals(0, 12, 0), decimals(-3, 12, 1), decimals(0, 12, 3)
    return str(draw(st.one_of(*small, *small, decimals(-(10**11), 10**11, 8))))


def rule(draw: Draw, kind: str) -> dict[str, Any]:
    direction, within = st.sampled_from(["up", "down"]), st.sampled_from(["group", "all"])
    match kind:
        case "ratio":
            made: dict[str, Any] = {
                "target": draw(decimals(1, 12, 1)),
                "cap": draw(st.sampled_from(["1", "1.2", "0.9"])),
                "direction": draw(direction),
            }
        case "linear":
            made = {"zero": draw(decimals(0, 4, 1)), "full": draw(decimals(5, 11, 1))}
            made = {"zero": made["full"], "full": made["zero"]} if draw(st.booleans()) else made
        case "bands":
            bounds = sorted(
                draw(st.sets(st.integers(-2, 12), min_size=1, max_size=3)), reverse=True
            )
            made = {
                "bands": [[b, draw(st.integers(0, 100))] for b in bounds]
                + [[None, draw(decimals(0, 100, 2))]]
            }
        case "shortfall":
            made = {
                "target": draw(decimals(0, 12, 1)),
                "each": draw(st.sampled_from(["1", "0.5", "3"])),
                "deduct": draw(st.sampled_from(["1", "0.25", "7"])),
            }
        case "excess":
            made = {
                "limit": draw(decimals(0, 12, 1)),
                "each": draw(st.sampled_from(["1", "0.5", "3"])),
                "deduct": draw(st.sampled_from(["1", "0.25", "7"])),
            }
        case "ratings":
            made = rating_rule(draw)
        case "events":
            made = {"start": draw(st.sampled_from(["full", 0]))} | (
                {"once": "highest"} if draw(st.booleans()) else {}
            )
        case "minmax" | "zscore" | "rank" | "percentile":
            made = {"direction": draw(direction), "within": draw(within)}
        case _:
            made = {}
    return {"kind": kind, **made}


def rating_rule(draw: Draw) -> dict[str, Any]:
    scale = draw(st.sampled_from([SCALE, {"from": 0, "to": 100}, {"from": 1, "to": 10}]))
    within = draw(st.sampled_from(["mean", "median", {"trim": 1}]))
    return {
        "scale": scale,
        "categories": draw(
            st.sampled_from(
                [
                    {"A": 50, "B": 30, "C": 20},
                    {"A": "33.3", "B": "66.7"},
                    {"A": "33.333333333", "B": "66.666666667"},
                    {"A": 100},
                ]
            )
        ),
        "within": within,
        "min_marks": draw(st.integers(1, 2)),
        "short": "renormalise",
        "exclude_own": draw(st.sampled_from([False, True, ["A"]])),
    }


def leaf(draw: Draw, name: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(KINDS))
    made: dict[str, Any] = {
        "id": name,
        "points": draw(st.sampled_from(["10", "20", "7.5", "3"])),
        "rule": rule(draw, kind),
    }
    made["na"] = draw(st.sampled_from(["rescale", "rescale", "full", "zero"]))
    if kind not in {"ratings", "events"} and draw(st.booleans()):
        made["missing"] = draw(st.sampled_from(["zero", "na"]))
    return made


def branch(draw: Draw, name: str, depth: int) -> dict[str, Any]:
    children = [
        indicator(draw, f"{name}{letter}", depth + 1)
        for letter in "abcd"[: draw(st.integers(1, 4))]
    ]
    made: dict[str, Any] = {
        "id": name,
        "children": children,
        "na": draw(st.sampled_from(["rescale", "rescale", "full", "zero"])),
    }
    style = draw(st.sampled_from([None, None, "mean", "geometric", "harmonic", "minimum"]))
    if style:
        made |= {"aggregate": style, "points": draw(st.sampled_from(["10", "25", "12.5"]))}
    return made


def indicator(draw: Draw, name: str, depth: int = 0) -> dict[str, Any]:
    return (
        branch(draw, name, depth)
        if depth < 2 and draw(st.integers(0, 2)) == 0
        else leaf(draw, name)
    )


def leaves_of(indicators: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        leaf
        for one in indicators
        for leaf in (leaves_of(one["children"]) if "children" in one else [one])
    ]


def ids_of(indicators: list[dict[str, Any]]) -> list[str]:
    return [name for one in indicators for name in [one["id"], *ids_of(one.get("children", []))]]


def quota(draw: Draw) -> dict[str, Any]:
    if draw(st.booleans()):
        return {"count": draw(st.integers(0, 4))}
    return {
        "share": draw(st.sampled_from([30, "1/3", "12.5", 50])),
        "round": draw(st.sampled_from(["floor", "round", "ceil"])),
    }


def grades(draw: Draw, rated: list[str]) -> list[dict[str, Any]]:
    bounds = sorted(draw(st.lists(st.integers(0, 90), min_size=2, max_size=2)), reverse=True)
    made: list[dict[str, Any]] = [
        {"grade": "好", "min": bounds[0]},
        {"grade": "较好", "min": bounds[1]},
        {"grade": "差"},
    ]
    for grade in made[:2]:
        if draw(st.booleans()):
            grade["quota"] = quota(draw)
        if draw(st.booleans()):
            grade["require"] = [
                {
                    "indicator": draw(st.sampled_from(rated)),
                    "min_rate": draw(st.sampled_from([50, "62.5"])),
                }
            ]
    return made


def crowds(count: int) -> list[World]:
    """Draw so many schemes, each with `SETS` sets of data, and put some of them side by side.

    Every one is compared; planning a query costs more than a thousand units in it.
    """
    found: list[World] = []

    @settings(few, max_examples=count)
    @given(worlds(SETS))
    def keep(world: World) -> None:  # one by one: all are more than Hypothesis draws at once
        found.append(world)

    keep()
    return [joined(found[n : n + SIDE_BY_SIDE]) for n in range(0, len(found), SIDE_BY_SIDE)]


def joined(several: list[World]) -> World:
    """Put worlds side by side into one: each a branch and groups of its own.

    To a unit everything in the other worlds is not applicable. What stands in a scheme once, such
    as grades, is the first one's.
    """
    scheme = copy.deepcopy(several[0][0])
    data: dict[str, list[dict[str, str]]] = {name: [] for name in several[0][1]}
    extra = [one for one in scheme["indicators"] if "bonus" in one]
    tops = [_renamed(world, f"w{n}-") for n, world in enumerate(several)]
    leaves = [leaves_of(top["children"]) for top in tops]
    for place, (_scheme, tables) in enumerate(several):
        for name, rows in tables.items():
            ours = [row for row in rows if extra or row.get("indicator") != "extra"]
            data[name] += [_row(row, f"w{place}-") for row in ours]
        data["values"] += [
            {"unit": f"w{place}-{row['unit']}", "indicator": one["id"], "value": "na", "target": ""}
            for row in tables["units"]
            for foreign in (*leaves[:place], *leaves[place + 1 :])
            for one in foreign
        ]
    scheme["indicators"] = [*tops, *extra]
    scheme["ranking"]["tiebreak"] = [f"w0-{name}" for name in scheme["ranking"]["tiebreak"]]
    for grade in scheme["grades"]:
        for need in grade.get("require", ()):
            need["indicator"] = f"w0-{need['indicator']}"
    return scheme, data


def _renamed(world: World, prefix: str) -> dict[str, Any]:
    """Return a world's indicators below one branch, which weighs as much as any other world's."""
    children = [copy.deepcopy(one) for one in world[0]["indicators"] if "bonus" not in one]

    def rename(one: dict[str, Any]) -> None:
        one["id"] = f"{prefix}{one['id']}"
        for child in one.get("children", ()):
            rename(child)

    for one in children:
        rename(one)
    return {"id": f"{prefix}all", "aggregate": "mean", "points": 10, "children": children}


def _row(row: dict[str, str], prefix: str, names: set[str] = NAMES) -> dict[str, str]:
    """Return a row with the world's own names; bonus points are one indicator for all."""
    return {
        key: f"{prefix}{value}" if key in names and value not in {"", "extra"} else value
        for key, value in row.items()
    }


@st.composite
def worlds(draw: Draw, sets: int = 1) -> World:
    """A scheme and data, as plain Python; several sets of data are units and groups of their own.

    Numbers in the scheme are text where they have decimals.
    """
    tops = [indicator(draw, name) for name in "pqrs"[: draw(st.integers(1, 4))]]
    rated = ids_of(tops)
    if draw(st.booleans()):
        tops.append(
            {
                "id": "extra",
                "bonus": draw(st.sampled_from(BONUSES)),
                "rule": rule(draw, "events") | {"start": 0},
            }
        )
    scheme = {
        "scheme": "random",
        "rounding": {"places": draw(st.integers(0, 4))},
        "rank_on": draw(st.sampled_from(["published", "exact"])),
        "ranking": {
            "within": draw(st.sampled_from(["group", "all"])),
            "ties": draw(st.sampled_from(["standard", "dense"])),
            "tiebreak": draw(st.lists(st.sampled_from(rated), max_size=2, unique=True)),
        },
        "indicators": tops,
        "grades": grades(draw, rated),
        "vetoes": [
            {"id": "v1", "effect": {"cap_grade": "较好"}},
            {"id": "v2", "effect": {"grade": "差"}},
            {"id": "v3", "effect": {"unranked": True}},
            {"id": "v4", "effect": {"grade": "较好"}},
        ],
    }
    tables = data(draw, leaves_of(tops))
    for place in range(1, sets):
        for name, rows in data(draw, leaves_of(tops)).items():
            tables[name] += [_row(row, f"d{place}-", OF_DATA) for row in rows]
    return _lightened(scheme, tables) if draw(st.booleans()) else (scheme, tables)


def _lightened(scheme: dict[str, Any], tables: dict[str, list[dict[str, str]]]) -> World:
    """Return a world of an eighth of the points: few of them, with decimals of their own."""
    leaves = leaves_of(scheme["indicators"])
    given = {one["id"] for one in leaves if one["rule"]["kind"] == "manual"}

    def lighten(one: dict[str, Any]) -> None:
        if "points" in one:
            one["points"] = str(Decimal(one["points"]) / 8)
        for child in one.get("children", ()):
            lighten(child)

    for one in scheme["indicators"]:
        lighten(one)
    for row in tables["values"]:
        if row["indicator"] in given and row["value"] != "na":
            row["value"] = str(Decimal(row["value"]) / 8)
    return scheme, tables


def data(draw: Draw, leaves: list[dict[str, Any]]) -> dict[str, list[dict[str, str]]]:
    units = [f"u{n}" for n in range(draw(st.integers(1, 9)))]
    made: dict[str, list[dict[str, str]]] = {
        "units": [],
        "values": [],
        "ratings": [],
        "events": [],
        "vetoes": [],
    }
    for unit in units:
        status = draw(st.sampled_from(["", "", "", "exempt"]))
        made["units"].append(
            {
                "unit": unit,
                "name": f"单位{unit}",
                "group": draw(st.sampled_from("甲乙")),
                "status": status,
            }
        )
        for one in leaves:
            fill(draw, made, unit, one, exempt=status == "exempt")
        if draw(st.integers(0, 3)) == 0:
            made["vetoes"].append(
                {
                    "unit": unit,
                    "veto": draw(st.sampled_from(["v1", "v2", "v3", "v4"])),
                    "basis": "决定",
                }
            )
    return made


def fill(
    draw: Draw,
    made: dict[str, list[dict[str, str]]],
    unit: str,
    one: dict[str, Any],
    *,
    exempt: bool,
) -> None:
    kind, name = one["rule"]["kind"], one["id"]
    if draw(st.integers(0, 7)) == 0:
        made["values"].append({"unit": unit, "indicator": name, "value": "na", "target": ""})
    elif kind not in {"ratings", "events"} and not (
        (one.get("missing") or exempt) and draw(st.integers(0, 3)) == 0
    ):
        made["values"].append({"unit": unit, "indicator": name, **value(draw, one)})
    if kind == "ratings":
        made["ratings"] += marks(draw, unit, one)
    if kind == "events":
        for _ in range(draw(st.integers(0, 4))):
            row = {
                "unit": unit,
                "indicator": name,
                "points": draw(decimals(-6, 6, 1)),
                "key": draw(st.sampled_from(["", "k", "m"])),
            }
            made["events"].append(row)


def value(draw: Draw, one: dict[str, Any]) -> dict[str, str]:
    kind = one["rule"]["kind"]
    if kind == "flag":
        return {"value": draw(st.sampled_from(["是", "no", "TRUE", "0"])), "target": ""}
    if kind == "manual":
        return {"value": draw(decimals(0, 3, 2)), "target": ""}
    target = (
        draw(decimals(1, 9, 2))
        if kind in {"ratio", "shortfall", "excess"} and draw(st.integers(0, 4)) == 0
        else ""
    )
    return {"value": figure(draw), "target": target}


def marks(draw: Draw, unit: str, one: dict[str, Any]) -> list[dict[str, str]]:
    scale = one["rule"]["scale"]
    mark = decimals(1, 10, 1) if "from" in scale else st.sampled_from(sorted(scale))
    return [
        {
            "unit": unit,
            "indicator": one["id"],
            "category": category,
            "rater": f"{category}{n}",
            "value": draw(mark),
            "rater_unit": draw(st.sampled_from(["", unit, "u0"])),
        }
        for category in one["rule"]["categories"]
        for n in range(draw(st.integers(0, 4)))
    ]
