"""What may stand in a cell of the figures' grid: a number, yes or no, or "not applicable"."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from .view import Leaf

NOT_APPLICABLE = "na"
_NOT_APPLICABLE = {"na", "n/a", "不适用", "/"}
_YES = {"1", "true", "yes", "是", "√", "有", "完成"}
_NO = {"0", "false", "no", "否", "×", "无", "未完成"}
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,9})?")


@dataclass(frozen=True)
class Cell:
    """A typed text and what it counts as."""

    value: str
    source: str

    @classmethod
    def read(cls, text: str) -> "Cell | None":
        """Return the normalised value beside the text as typed; None for an empty cell."""
        source = text.strip()
        value = unicodedata.normalize("NFKC", source).replace(",", "").strip().lower()
        if not value:
            return None
        return cls(NOT_APPLICABLE if value in _NOT_APPLICABLE else value, source)


def _flag(value: str) -> Any:
    if value not in _YES | _NO:
        return _("请填“是”或“否”（不适用的填“不适用”）。")
    return None


def _number(leaf: Leaf, value: str) -> Any:
    if not _NUMBER.fullmatch(value):
        return _("请填数字，最多 9 位小数（不适用的填“不适用”）。")
    if leaf.kind == "manual" and not 0 <= Decimal(value) <= leaf.points:
        return _("得分应在 0 到 %(points)s 之间。") % {"points": leaf.points}
    return None


def _target(leaf: Leaf, value: str) -> Any:
    """Return what is wrong with a unit's own target: a share of nothing is no share."""
    if not _NUMBER.fullmatch(value) or Decimal(value) < 0:
        return _("请填数字，不小于 0，最多 9 位小数。")
    if leaf.rule.kind == "ratio" and not Decimal(value):
        return _("目标应大于 0。")
    return None


def check_cell(leaf: Leaf, text: str) -> Any:
    """Return what is wrong with a cell and what would be right, or None."""
    cell = Cell.read(text)
    if cell is None:
        return None
    if leaf.kind == "target":
        return _target(leaf, cell.value)
    if cell.value == NOT_APPLICABLE:
        return None
    return _flag(cell.value) if leaf.kind == "flag" else _number(leaf, cell.value)


def shown(value: str) -> Any:
    """Return a stored value as the list of figures shows it."""
    return _("不适用") if value == NOT_APPLICABLE else value


def for_engine(leaf: Leaf, value: str) -> str:
    """Return a stored value in the words that the engine reads."""
    if leaf.kind == "flag" and value != NOT_APPLICABLE:
        return "1" if value in _YES else "0"
    return value
