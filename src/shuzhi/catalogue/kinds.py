"""Which model a kind's body must fit: the room that hosts the kind registers it."""

from collections.abc import Callable, Iterable
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from shuzhi.engine.say import said_of
from shuzhi.kernel.language import language

from .faults import Path

Fault = tuple[Path, str]  # where in the body, what is wrong and what would be right
Check = Callable[[dict[str, Any], str], Iterable[Fault]]  # (body, its text) -> faults
Tell = Callable[[str], Iterable[tuple[str, list[str]]]]  # text of a body -> headings with lines
_checks: dict[str, Check] = {}
_tellers: dict[str, Tell] = {}


def words_of(error: ErrorDetails) -> str:
    """Say a validation error in the reader's language, as the engine says it of a scheme."""
    return said_of(error).text(language())


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
