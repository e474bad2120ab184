"""A YAML text as plain values, with the line at which each stands."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from .faults import PackError, PackFault, Path, spell

MOST_VALUES = 20_000  # aliases multiply: a short text may unfold into millions


@dataclass
class Document:
    """The value of a text and the lines (from 1) of all that is in it."""

    file: str
    value: Any = None
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """Return the line of `path`, or of the nearest thing around it that exists."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, path: Path, message: str) -> PackFault:
        return PackFault(self.file, self.line(path), spell(path), message)


def _plain(node: Any, path: Path, document: Document) -> Any:
    if len(document.lines) > MOST_VALUES:
        raise PackError([PackFault(document.file, 1, "", gettext("内容过多，请拆分"))])
    if isinstance(node, CommentedMap):
        for key in node:
            document.lines[*path, key] = node.lc.key(key)[0] + 1
        return {key: _plain(value, (*path, key), document) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        for index in range(len(node)):
            document.lines[*path, index] = node.lc.item(index)[0] + 1
        return [_plain(value, (*path, index), document) for index, value in enumerate(node)]
    if isinstance(node, float):
        return Decimal(str(node))
    if node is not None and not isinstance(node, str | int | date):
        raise PackError([document.fault(path, gettext("只能是文字、数字、日期、列表或“名称: 值”"))])
    return node


def _no_yaml(file: str, line: int, problem: object) -> PackFault:
    return PackFault(file, line, "", gettext("不是 YAML：%(problem)s") % {"problem": problem})


def read_yaml(content: str, file: str) -> Document:
    """Read `content`; raises `PackError` with the line where it is not YAML.

    Decimals are exact, as they were typed. Nothing in a text can call code.
    """
    document = Document(file)
    try:
        loaded = YAML(typ="rt", pure=True).load(content)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise PackError([_no_yaml(file, line, error.problem)]) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise PackError([_no_yaml(file, 1, error)]) from error
    document.value = _plain(loaded, (), document)
    return document
