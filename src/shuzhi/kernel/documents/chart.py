"""Charts as pictures by Vega-Lite: ranks with their uncertainty, bars; white ground, our fonts."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

import vl_convert

from .fonts import bundled_folders, families
from .paper import plain

Spec = dict[str, Any]
SLATE: Final = "#334155"
SOFT: Final = "#94a3b8"
VERSION: Final = "5.20"


@dataclass(frozen=True)
class Bar:
    """One labelled number of a bar chart."""

    label: str
    value: float


@dataclass(frozen=True)
class RankBand:
    """A rank with the best and worst that it could as well have been."""

    label: str
    rank: float
    best: float
    worst: float


@cache
def _registered() -> None:
    for folder in bundled_folders():
        vl_convert.register_font_directory(os.fspath(folder))


def _spec(rows: Sequence[Spec], layers: Sequence[Spec], width: int) -> Spec:
    font = families()["hei"][0]
    axis = {"labelFont": font, "titleFont": font, "labelFontSize": 12, "titleFontSize": 12}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": "white",
        "width": width,
        "height": {"step": 22},
        "data": {"values": list(rows)},
        "layer": list(layers),
        "config": {
            "axis": axis | {"labelLimit": 240, "labelColor": SLATE, "titleColor": SLATE},
            "text": {"font": font, "fontSize": 12, "color": SLATE},
            "view": {"stroke": None},
        },
    }


def _labels() -> Spec:
    return {"field": "at", "type": "ordinal", "title": None}


def _y(labels: Sequence[str]) -> Spec:
    """Return the axis of labels in the given order; equal labels keep rows of their own."""
    names = [plain(label) for label in labels]
    axis = {"labelExpr": f"{_list(names)}[datum.value]", "domain": False, "ticks": False}
    return _labels() | {"axis": axis}


def _list(names: Sequence[str]) -> str:
    quoted = (name.replace("\\", "\\\\").replace("'", "\\'").replace("\n", " ") for name in names)
    return "[" + ", ".join(f"'{name}'" for name in quoted) + "]"


def bars(items: Sequence[Bar], *, title: str, width: int = 420) -> Spec:
    """Return a chart of horizontal bars in the given order, each with its number."""
    rows = [{"at": at, "value": item.value} for at, item in enumerate(items)]
    y = _y([item.label for item in items])
    x = {"field": "value", "type": "quantitative", "title": title}
    return _spec(
        rows,
        [
            {"mark": {"type": "bar", "color": SLATE, "height": 12}, "encoding": {"y": y, "x": x}},
            {
                "mark": {"type": "text", "align": "left", "dx": 4},
                "encoding": {"y": y, "x": x, "text": {"field": "value", "format": ".2f"}},
            },
        ],
        width,
    )


def ranks(items: Sequence[RankBand], *, title: str, width: int = 420) -> Spec:
    """Return a chart of ranks as points on the band within which each could as well lie."""
    rows = [
        {"at": at, "rank": item.rank, "best": item.best, "worst": item.worst}
        for at, item in enumerate(items)
    ]
    y = _y([item.label for item in items])
    last = max([item.worst for item in items], default=1)
    scale = {"domain": [0.5, last + 0.5], "nice": False}
    x = {"type": "quantitative", "title": title, "scale": scale, "axis": {"tickMinStep": 1}}
    band = {"y": y, "x": x | {"field": "best"}, "x2": {"field": "worst"}}
    point = {"y": y, "x": x | {"field": "rank"}}
    return _spec(
        rows,
        [
            {"mark": {"type": "rule", "size": 8, "color": SOFT, "opacity": 0.6}, "encoding": band},
            {"mark": {"type": "point", "filled": True, "color": SLATE}, "encoding": point},
        ],
        width,
    )


@lru_cache(maxsize=32)
def _svg(spec: str) -> str:
    _registered()
    return str(vl_convert.vegalite_to_svg(spec, vl_version=VERSION, allowed_base_urls=[]))


def to_svg(spec: Spec) -> str:
    """Return the chart as SVG; it reads nothing from the network. Recent ones are remembered."""
    return _svg(json.dumps(spec))


def to_png(spec: Spec, *, scale: float = 3) -> bytes:
    """Return the chart as PNG, three points to a pixel for print."""
    _registered()
    made = vl_convert.vegalite_to_png(spec, vl_version=VERSION, scale=scale, allowed_base_urls=[])
    return bytes(made)
