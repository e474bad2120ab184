"""Records whose content the log witnesses, so that a change made in the database shows."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db.models import Model
from django.utils.functional import Promise

from .payload import canonical

M = TypeVar("M", bound=Model)
Parts = Mapping[str, Any]
Witness = Callable[[Any], Parts]

_witnesses: dict[str, Witness] = {}
_words: dict[str, Mapping[str, Promise]] = {}


def register_witness(
    model: type[M], content: Callable[[M], Parts], words: Mapping[str, Promise] | None = None
) -> None:
    """Let the log witness `model`: `content(obj)` names the parts of what a row says.

    A part's name is its kind, or its kind and a code; `words` say each kind to a reader.

    Each value (JSON without floats; tuples, dates and decimals allowed; hash large files
    yourself) enters the log as a salted digest: nobody can read it or guess it there. Whenever
    an event is recorded on a row, its content is digested again at the end of that verb, so a
    verb that changes the content must record an event on this row. `verify_log` reports the row
    and the part that say something else now.
    """
    _witnesses[model._meta.label_lower] = content
    _words[model._meta.label_lower] = words or {}


def is_witnessed(subject: Model) -> bool:
    """Tell whether the log witnesses rows of this kind."""
    return subject._meta.label_lower in _witnesses


def witnessed_models() -> list[str]:
    """Return the labels of the models that the log witnesses."""
    return sorted(_witnesses)


def part_words(label: str, name: str) -> str:
    """Return a part's name as a reader is told it."""
    kind, _space, code = name.partition(" ")
    return f"{_words[label].get(kind, kind)} {code}".rstrip()


def parts_of(subject: Model) -> dict[str, str]:
    """Return what a row says now: part → canonical text."""
    parts = _witnesses[subject._meta.label_lower](subject)
    return {name: canonical(value) for name, value in parts.items()}


def current_parts(subject: Model) -> dict[str, str] | None:
    """Return what the row of `subject` says in the database, or None if it is gone."""
    row = type(subject)._base_manager.filter(pk=subject.pk).first()
    return None if row is None else parts_of(row)
