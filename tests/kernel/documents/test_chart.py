"""Charts: valid pictures, our words in them, nothing read from elsewhere."""

import struct

import pytest

from shuzhi.kernel.documents import chart

from .sample import HOSTILE

BANDS = [chart.RankBand("第一社区", 1, 1, 2), chart.RankBand(HOSTILE, 2, 1, 3)]


def test_rank_chart_shows_names_as_text() -> None:
    svg = chart.to_svg(chart.ranks(BANDS, title="名次"))
    assert "第一社区" in svg
    assert "&lt;b&gt;" in svg
    assert "<b>" not in svg


def test_bars_print_their_numbers() -> None:
    svg = chart.to_svg(chart.bars([chart.Bar("甲", 87.35), chart.Bar("甲", 60)], title="得分"))
    assert "87.35" in svg
    assert svg.count(">甲<") == 2  # equal names keep bars of their own


def test_png_is_large_enough_for_print_on_a_white_ground() -> None:
    spec = chart.ranks(BANDS, title="名次")
    png = chart.to_png(spec)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">I", png[16:20])[0] > 1200
    assert spec["background"] == "white"


def test_no_data_no_failure() -> None:
    assert "<svg" in chart.to_svg(chart.ranks([], title="名次"))


def test_data_from_an_address_is_refused() -> None:
    spec = chart.bars([], title="") | {"data": {"url": "http://127.0.0.1:9/x.json"}}
    with pytest.raises(ValueError, match=r"."):
        chart.to_svg(spec)
