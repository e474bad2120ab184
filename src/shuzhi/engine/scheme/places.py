"""YAML read with the place of every value, numbers as exact decimals, and no hidden conversions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from shuzhi.engine.faults import Fault, at
from shuzhi.engine.say import Said, quoted, say

Path = tuple[str | int, ...]
MOST_VALUES = 100_000
MOST_DEEP = 100
STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}
BRACKETS = re.compile(r'"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|(?:^|(?<=\s))#.*|[][{}]', re.MULTILINE)
PLAIN_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
PLAIN_DECIMAL = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))([eE][-+]?[0-9]{1,3})?")
WORDS: dict[str, bool | None] = {
    **dict.fromkeys(["", "~", "null", "Null", "NULL"], None),
    **dict.fromkeys(["true", "True", "TRUE"], True),
    **dict.fromkeys(["false", "False", "FALSE"], False),
}


@dataclass
class Document:
    """A parsed text: its value, where each path of it stands, and what could not be read."""

    name: str
    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, path: Path, what: Said, right: Said, code: str) -> None:
        """Note a fault at `file:line: path`, the line that of the nearest place that exists."""
        known = path
        while known and known not in self.lines:
            known = known[:-1]
        line = self.lines.get(known, 1)
        where = say("{line}: {path}", line=at(self.name, line), path=spell(path) or "/")
        self.faults.append(Fault(where, what, right, code, line, path))


def spell(path: Path) -> str:
    """`indicators[0].rule.kind`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def read_yaml(text: str, name: str) -> Document:
    """Parse YAML 1.2; what is wrong with the text itself stands in `faults`."""
    document = Document(name)
    if (line := _too_deep(text)) is not None:
        what = say("has brackets in more than {most} brackets", most=MOST_DEEP)
        document.faults.append(Fault(at(name, line), what, say("write plain YAML"), "yaml", line))
        return document
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except YAMLError as error:
        document.faults.append(_syntax(error, name))
    except (RecursionError, ValueError, AssertionError, AttributeError, TypeError) as error:
        what = say("cannot be read as YAML ({error})", error=quoted(str(error)))
        document.faults.append(Fault(at(name, 1), what, say("write plain YAML"), "yaml"))
    else:
        _Builder(document).build_root(root)
    return document


def _too_deep(text: str) -> int | None:
    """The line on which brackets stand too deep: the reader would take minutes to find out."""
    deep = 0
    for sign in BRACKETS.finditer(text):  # texts in quotes and comments are passed over as a whole
        deep = max(0, deep + STEPS.get(sign[0], 0))
        if deep > MOST_DEEP:
            return text.count("\n", 0, sign.start()) + 1
    return None


def _syntax(error: YAMLError, name: str) -> Fault:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    what = say("is not YAML: {problem}", problem=quoted(problem))
    return Fault(at(name, line), what, say("mend the line or the one above it"), "yaml", line)


class _Builder:
    """Turns composed nodes into values, remembering lines and refusing bombs."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.count = 0
        self.open: set[int] = set()

    def build_root(self, root: Node | None) -> None:
        try:
            self.document.value = None if root is None else self.build(root, ())
        except (OverflowError, RecursionError) as error:
            said = error.args[0]
            what = said if isinstance(said, Said) else quoted(str(said))
            self.document.fault((), what, say("write the values out"), "yaml")

    def build(self, node: Node, path: Path) -> Any:
        self.count += 1
        if self.count > MOST_VALUES or id(node) in self.open:
            what = say("holds more than {most} values, or refers to itself", most=MOST_VALUES)
            raise OverflowError(what)
        self.document.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, ScalarNode):
            return scalar(node.value) if node.style is None else node.value
        self.open.add(id(node))
        value = (
            self.mapping(node, path) if isinstance(node, MappingNode) else self.sequence(node, path)
        )
        self.open.discard(id(node))
        return value

    def sequence(self, node: Node, path: Path) -> list[Any]:
        items: list[Node] = node.value if isinstance(node, SequenceNode) else []
        return [self.build(item, (*path, place)) for place, item in enumerate(items)]

    def mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        built: dict[str, Any] = {}
        for key, value in self.keys(node, path):
            built[key] = self.build(value, (*path, key))
        return built

    def keys(self, node: MappingNode, path: Path) -> Iterator[tuple[str, Node]]:
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                what = say("a key is not a plain word")
                self.document.fault(path, what, say("use a plain word"), "yaml")
            elif key.value == "<<":
                what = say("takes over another part (<<)")
                self.document.fault(path, what, say("write the values out"), "yaml")
            elif key.value in seen:
                self.document.lines[*path, key.value] = key.start_mark.line + 1
                what = say("stands twice")
                self.document.fault((*path, key.value), what, say("keep one of them"), "twice")
            else:
                seen.add(key.value)
                self.document.lines.setdefault((*path, key.value), key.start_mark.line + 1)
                yield key.value, value


def scalar(text: str) -> Any:
    """The value of an unquoted word. Numbers with leading zeros stay text: they are codes."""
    if text in WORDS:
        return WORDS[text]
    if PLAIN_INT.fullmatch(text) and len(text) < 40:  # noqa: PLR2004 - beyond any sensible number
        return int(text)
    return Decimal(text) if PLAIN_DECIMAL.fullmatch(text) else text
