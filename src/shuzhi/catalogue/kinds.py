"""Which model a kind's body must fit: the room that hosts the kind registers it."""

from collections.abc import Callable, Iterable
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from .faults import Path

Fault = tuple[Path, str]  # where in the body, what is wrong and what would be right
Check = Callable[[dict[str, Any], str], Iterable[Fault]]  # (body, its text) -> faults
Tell = Callable[[str], Iterable[tuple[str, list[str]]]]  # text of a body -> headings with lines
_checks: dict[str, Check] = {}
_tellers: dict[str, Tell] = {}

WORDS = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这样的项目，请检查拼写",
    "string_type": "应为文字",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "decimal_parsing": "应为数字",
    "decimal_type": "应为数字",
    "bool_type": "应为 true 或 false",
    "list_type": "应为列表",
    "dict_type": "应为若干“名称: 值”",
    "model_type": "应为若干“名称: 值”",
    "string_too_short": "不能为空",
    "date_from_datetime_parsing": "应为日期，如 2026-01-05",
    "date_type": "应为日期，如 2026-01-05",
}


def words_of(error: ErrorDetails) -> str:
    """Say a validation error in words; what has none keeps the validator's own."""
    return WORDS.get(error["type"]) or error["msg"].removeprefix("Value error, ")


def _model_check(model: type[BaseModel]) -> Check:
    def check(body: dict[str, Any], _text: str) -> list[Fault]:
        try:
            model.model_validate(body)
        except ValidationError as error:
            return [(tuple(found["loc"]), words_of(found)) for found in error.errors()]
        return []

    return check


def register_kind(kind: str, model: type[BaseModel] | Check, tell: Tell | None = None) -> None:
    """Register the model of a kind's body, or a check that reads the body's own text.

    `tell` says in words what only the host understands of a body.
    """
    is_model = isinstance(model, type) and issubclass(model, BaseModel)
    _checks[kind] = _model_check(model) if is_model else model  # type: ignore[arg-type, assignment]
    if tell:
        _tellers[kind] = tell


def told(kind: str, text: str) -> list[tuple[str, list[str]]]:
    """Return what the host of the kind says of a body in words, heading by heading."""
    tell = _tellers.get(kind)
    return list(tell(text)) if tell else []


def body_faults(kind: str, body: dict[str, Any], text: str) -> list[Fault]:
    """Return what the host of the kind finds wrong; nothing while no host is installed."""
    check = _checks.get(kind)
    return list(check(body, text)) if check else []
