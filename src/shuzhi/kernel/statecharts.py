"""Lay a flow out as a picture: states in a column, steps between them as right-angled lines."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

LETTER, SLOT, BOX, GAP, LANE, EDGE = 14, 24, 36, 40, 16, 12  # pixels


@dataclass(frozen=True)
class Step:
    """An arrow from one state to another (or to itself), with its words."""

    source: str
    target: str
    label: str


@dataclass(frozen=True)
class Box:
    """A state where it is drawn."""

    label: str
    x: int
    y: int
    width: int
    height: int
    last: bool

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2


@dataclass(frozen=True)
class Line:
    """A drawn arrow: an SVG path, and the place of its words."""

    path: str
    label: str
    x: int
    y: int
    anchor: str


@dataclass(frozen=True)
class Chart:
    """Everything that the picture holds, in pixels."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


@dataclass
class _Side:
    """The lines on one side of the column: which slot each takes at a state, and which lane."""

    sign: int  # 1 right, -1 left
    steps: list[Step] = field(default_factory=list)
    slots: dict[str, int] = field(default_factory=dict)
    taken: dict[tuple[Step, str], int] = field(default_factory=dict)
    lanes: dict[Step, int] = field(default_factory=dict)

    def add(self, step: Step) -> None:
        self.steps.append(step)
        for end in (("out", step.source), ("in", step.target)):
            self.taken[step, end[0]] = self.slots.get(end[1], 0)
            self.slots[end[1]] = self.slots.get(end[1], 0) + 1

    @property
    def words(self) -> int:
        return max((_width(step.label) for step in self.steps), default=0)


def _width(label: str) -> int:
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in label)
    return wide * LETTER + (len(label) - wide) * LETTER * 4 // 7


def _merged(steps: Iterable[Step]) -> list[Step]:
    """Return the steps with those between the same two states written on one line."""
    found: dict[tuple[str, str], list[str]] = {}
    for step in steps:
        found.setdefault((step.source, step.target), []).append(step.label)
    return [Step(*ends, " / ".join(labels)) for ends, labels in found.items()]


def _give_lanes(side: _Side, rows: dict[str, int]) -> None:
    """Keep lines apart that pass the same states; short ones run closest to the column."""
    spans: list[list[range]] = []

    def span(step: Step) -> range:
        first, last = sorted((rows[step.source], rows[step.target]))
        return range(first, last + 1)

    for step in sorted(side.steps, key=lambda step: len(span(step))):
        passed = span(step)
        free = [not any(set(passed) & set(taken) for taken in lane) for lane in spans]
        number = free.index(True) if True in free else len(spans)
        if number == len(spans):
            spans.append([])
        spans[number].append(passed)
        side.lanes[step] = number


def _boxes(
    states: Sequence[tuple[str, str]], sides: Sequence[_Side], ends: set[str], left: int
) -> dict[str, Box]:
    width = max(_width(label) for _id, label in states) + 2 * EDGE
    boxes, y = {}, GAP
    for state, label in states:
        slots = max(side.slots.get(state, 0) for side in sides)
        height = max(BOX, slots * SLOT + EDGE)
        boxes[state] = Box(label, left, y, width, height, state in ends)
        y += height + GAP
    return boxes


def _around(side: _Side, boxes: dict[str, Box]) -> Iterator[Line]:
    """Yield the lines that run beside the column."""
    for step in side.steps:
        source, target = boxes[step.source], boxes[step.target]
        edge = source.x + source.width if side.sign > 0 else source.x
        lane = edge + side.sign * (side.words + 2 * EDGE + side.lanes[step] * LANE)
        start = source.y + EDGE // 2 + SLOT * side.taken[step, "out"] + SLOT * 2 // 3
        end = target.y + EDGE // 2 + SLOT * side.taken[step, "in"] + SLOT * 2 // 3
        path = f"M{edge} {start}H{lane}V{end}H{edge + side.sign * 2}"
        anchor = "start" if side.sign > 0 else "end"
        yield Line(path, step.label, edge + side.sign * EDGE, start - 4, anchor)


def _down(steps: Sequence[Step], boxes: dict[str, Box]) -> Iterator[Line]:
    """Yield the lines from a state to the one right below it."""
    for step in steps:
        source, target = boxes[step.source], boxes[step.target]
        x, top = source.middle[0], source.y + source.height
        path = f"M{x} {top}V{target.y - 2}"
        yield Line(path, step.label, x + EDGE, top + GAP // 2 + 5, "start")


def chart(states: Sequence[tuple[str, str]], steps: Iterable[Step]) -> Chart:
    """Return the picture of a flow; `states` are (id, words) in the order of the usual way.

    A step to the next state runs straight down, one that skips runs at the right, one that goes
    back (or leads to where it came from) at the left. No two lines share a stretch.
    """
    rows = {state: row for row, (state, _label) in enumerate(states)}
    straight, sides = [], (_Side(1), _Side(-1))
    merged = _merged(steps)
    for step in merged:
        ahead = rows[step.target] - rows[step.source]
        if ahead == 1:
            straight.append(step)
        else:
            sides[ahead <= 0].add(step)
    for side in sides:
        _give_lanes(side, rows)
    reach = [_reach(side) for side in sides]
    boxes = _boxes(states, sides, set(rows) - {step.source for step in merged}, reach[1])
    lines = [*_down(straight, boxes), *(line for side in sides for line in _around(side, boxes))]
    column = next(iter(boxes.values())).width
    below = max((_width(step.label) for step in straight), default=0) + EDGE - column // 2
    bottom = max(box.y + box.height for box in boxes.values())
    width = reach[1] + column + max(reach[0], below) + EDGE
    return Chart(width, bottom + EDGE, tuple(boxes.values()), tuple(lines))


def _reach(side: _Side) -> int:
    """Return how far the side's lines stand out."""
    if not side.steps:
        return EDGE
    return side.words + 3 * EDGE + (max(side.lanes.values()) + 1) * LANE
