"""A scheme's text to look at and to change: where its indicators stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from typing import Any

from django.utils.translation import gettext_lazy as _
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.representer import RoundTripRepresenter

from shuzhi.engine.scheme.places import read_yaml
from shuzhi.kernel.errors import RefusedError

Steps = tuple[int, ...]  # (0, 2): the third child of the first indicator
WIDE = 4096  # never break a line that a person wrote in one
REFERENCES = re.compile(r"(^|[\s\[{,:-])[&*][^\s,\]}]+|<<\s*:", re.MULTILINE)
FREE_ID = "item-{}"
GONE = _("没有这一项，请刷新页面。")
UNREADABLE = _("方案文本读不出来，只能在“文本”里改。")
INCOMPLETE = _("方案里有一处写得不完整，只能在“文本”里改。")
PARTS = {"grades": list, "vetoes": list, "rounding": dict, "ranking": dict}
INNER = {"quota": dict, "require": list, "effect": dict, "tiebreak": list}


class _Representer(RoundTripRepresenter):
    """Writes a decimal as the digits that were typed."""


_Representer.add_representer(
    Decimal,
    lambda writer, value: writer.represent_scalar("tag:yaml.org,2002:float", f"{value:f}"),
)


def _yaml() -> YAML:
    yaml = YAML()
    yaml.Representer = _Representer
    yaml.preserve_quotes = True
    yaml.width = WIDE
    yaml.indent(mapping=2, sequence=2, offset=0)
    return yaml


def number(value: Decimal) -> int | Decimal:
    """Return a number as the text shall show it: whole ones without a point."""
    whole = value.to_integral_value()
    return int(whole) if value == whole else value.normalize()


@dataclass(frozen=True)
class Spot:
    """One indicator in the document: its place, its mapping, how deep it stands."""

    steps: Steps
    node: Any
    depth: int

    @property
    def address(self) -> str:
        return address(self.steps)

    @property
    def id(self) -> str:
        return str(self.node.get("id", ""))


def address(steps: Steps) -> str:
    """Return a place as a page writes it: "0.2"."""
    return ".".join(map(str, steps))


def steps_of(text: str) -> Steps:
    """Read a place back; anything else is no place."""
    if not re.fullmatch(r"\d{1,3}(\.\d{1,3}){0,29}", text):
        raise RefusedError(GONE)
    return tuple(map(int, text.split(".")))


class Outline:
    """A scheme to look at, its numbers as the engine reads them.

    Raises `RefusedError` where only the text itself can be edited.
    """

    def __init__(self, text: str) -> None:
        self.source = text
        self.root = _read(text)

    def spots(self) -> list[Spot]:
        """Return every indicator, parents before children."""
        return list(_walk(self.root.get("indicators"), ()))

    def addresses(self) -> set[str]:
        """Return the place of every indicator."""
        return {spot.address for spot in self.spots()}

    def spot(self, steps: Steps) -> Spot:
        """Return the indicator at a place."""
        found = next((spot for spot in self.spots() if spot.steps == steps), None)
        if found is None:
            raise RefusedError(GONE)
        return found


class Document(Outline):
    """A scheme to change: comments, order and unknown keys stay. Raises as `Outline` does."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        try:
            self.root = _yaml().load(text)
        except (YAMLError, ValueError) as error:
            raise RefusedError(UNREADABLE) from error

    def text(self) -> str:
        """Return the document as text."""
        stream = StringIO()
        _yaml().dump(self.root, stream)
        return stream.getvalue()

    def siblings(self, steps: Steps) -> Any:
        """Return the list in which the indicator at a place stands."""
        if len(steps) == 1:
            return self.root["indicators"]
        return self.spot(steps[:-1]).node["children"]

    def free_id(self) -> str:
        """Return an id that no indicator has."""
        taken = {spot.id for spot in self.spots()}
        return next(name for n in range(1, 10_000) if (name := FREE_ID.format(n)) not in taken)

    def part(self, key: str, empty: Any) -> Any:
        """Return a part of the scheme, begun with `empty` if there is none."""
        if not isinstance(self.root.get(key), type(empty)):
            self.root[key] = empty
        return self.root[key]


def _read(text: str) -> Any:
    read = read_yaml(text, "scheme.yaml")
    if read.faults:
        raise RefusedError(UNREADABLE)
    if REFERENCES.search(_without_quoted(text)):
        raise RefusedError(
            _("方案文本用了“&”“*”引用：改一处会牵动几处，编辑器不代改，请在“文本”里改。")
        )
    if not isinstance(read.value, dict) or not isinstance(read.value.get("indicators"), list):
        raise RefusedError(_("方案文本里没有指标（indicators），只能在“文本”里改。"))
    _require_shape(read.value)
    return read.value


def _require_shape(root: dict[str, Any]) -> None:
    """Refuse what no form can show: a list or a mapping is something else."""
    fits = all(_fits(root.get(name), kind) for name, kind in PARTS.items())
    rows = [*(root.get("grades") or ()), *(root.get("vetoes") or ())] if fits else []
    inside = [*rows, *(one for row in rows if _is_row(row) for one in row.get("require") or ())]
    if not fits or not all(map(_is_row, [*inside, root.get("ranking") or {}])):
        raise RefusedError(INCOMPLETE)


def _fits(value: Any, kind: type) -> bool:
    return value is None or isinstance(value, kind)


def _is_row(value: Any) -> bool:
    return isinstance(value, dict) and all(
        _fits(value.get(name), kind) for name, kind in INNER.items()
    )


def _without_quoted(text: str) -> str:
    bare = re.sub(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', "", text)
    return re.sub(r"(^|\s)#.*$", "", bare, flags=re.MULTILINE)


def _is_indicator(node: dict[str, Any]) -> bool:
    rule = node.get("rule")
    return (
        _fits(rule, dict)
        and _fits(node.get("bonus"), dict)
        and _fits((rule or {}).get("kind"), str)
    )


def _walk(indicators: Any, above: Steps) -> Iterator[Spot]:
    for place, node in enumerate(indicators or ()):
        if not isinstance(node, dict) or not _is_indicator(node):
            raise RefusedError(INCOMPLETE)
        here = (*above, place)
        yield Spot(here, node, len(above))
        children = node.get("children")
        if children is not None and not isinstance(children, list):
            raise RefusedError(INCOMPLETE)
        yield from _walk(children, here)


def mapping(**values: Any) -> CommentedMap:
    """Return a mapping in one line, without what is None."""
    found = CommentedMap({key: value for key, value in values.items() if value is not None})
    found.fa.set_flow_style()
    return found


def sequence(values: Sequence[Any]) -> CommentedSeq:
    """Return a list in one line."""
    found = CommentedSeq(values)
    found.fa.set_flow_style()
    return found
