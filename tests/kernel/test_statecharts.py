"""A flow's picture: every step is there, and no line hides another."""

import re
from itertools import combinations

from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from shuzhi.kernel.statecharts import Chart, Step, chart

STATES = [("draft", "拟定"), ("gate", "等待把关"), ("open", "履行中"), ("kept", "已核实")]
STEPS = [
    Step("draft", "gate", "提交把关"),
    Step("gate", "draft", "推倒重来"),
    Step("gate", "draft", "批评教育"),
    Step("gate", "open", "通过"),
    Step("open", "open", "报进展"),
    Step("open", "kept", "核实"),
    Step("draft", "kept", "<直接核实>"),
]
PATH = re.compile(r"M(-?\d+) (\d+)H(-?\d+)V(\d+)H(-?\d+)")


def verticals(drawn: Chart) -> list[tuple[str, int, int]]:
    """Return the long stretch of each line beside the column: where it runs, from, to."""
    found = [PATH.fullmatch(line.path) for line in drawn.lines]
    return [(m[3], *sorted((int(m[2]), int(m[4])))) for m in found if m]  # type: ignore[misc]


def test_every_step_has_its_words_and_an_end_is_marked() -> None:
    drawn = chart(STATES, STEPS)
    assert {line.label for line in drawn.lines} == {
        "提交把关",
        "推倒重来 / 批评教育",
        "通过",
        "报进展",
        "核实",
        "<直接核实>",
    }
    assert [box.last for box in drawn.boxes] == [False, False, False, True]


def test_the_picture_escapes_words_and_needs_no_style() -> None:
    svg = render_to_string(
        "kernel/_statechart.html", {"chart": chart(STATES, STEPS), "title": "承诺"}
    )
    assert "&lt;直接核实&gt;" in svg
    assert "style" not in svg
    assert svg.count("<rect") == len(STATES)
    assert 'aria-label="承诺"' in svg


names = st.sampled_from([state for state, _label in STATES])


@given(st.lists(st.builds(Step, names, names, st.sampled_from(["办", "退回重办", "return"]))))
def test_no_two_lines_share_a_stretch_and_all_stay_inside(steps: list[Step]) -> None:
    drawn = chart(STATES, steps)
    for one, other in combinations(verticals(drawn), 2):
        apart = one[0] != other[0] or one[2] < other[1] or other[2] < one[1]
        assert apart
    for line in drawn.lines:
        across = [int(number) for number in re.findall(r"[MH](-?\d+)", line.path)]
        assert all(0 <= x <= drawn.width for x in across)
    for above, below in zip(drawn.boxes, drawn.boxes[1:], strict=False):
        assert above.y + above.height < below.y
