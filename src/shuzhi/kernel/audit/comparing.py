"""Compare what the log last said of a row with what the row says now."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext as _

from .payload import salted
from .problems import Fault, Problem
from .witnesses import part_words, parts_of, witnessed_models

STATE = "state"
CHUNK = 500


@dataclass(frozen=True)
class Content:
    """What the log last said of a row's content: digests by part, or None once it was deleted."""

    position: int | None
    salt: str
    digests: dict[str, str] | None


@dataclass
class Last:
    """What the log last said of each row: its state and its content, by model and key."""

    states: dict[str, dict[str, str]] = field(default_factory=dict)
    contents: dict[str, dict[str, Content]] = field(default_factory=dict)

    def note(self, position: int | None, salt: str | None, facts: dict[str, Any]) -> None:
        """Take note of an event's facts; later ones replace earlier ones."""
        model, key = facts["subject"]
        if "content" in facts:
            said = Content(position, salt or "", facts["content"])
            self.contents.setdefault(model, {})[key] = said
        elif isinstance(facts["after"].get(STATE), str):
            self.states.setdefault(model, {})[key] = facts["after"][STATE]


def _model(label: str) -> type[Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None  # an older version's table


def _has_state(model: type[Model]) -> bool:
    try:
        model._meta.get_field(STATE)
    except FieldDoesNotExist:
        return False
    return True


def _name(model: type[Model], key: object, row: object = "") -> str:
    return f"{model._meta.verbose_name} {row or ''}#{key}".replace(" #", "#")


def _states(label: str, said: dict[str, str]) -> Iterator[Problem]:
    model = _model(label)
    if model is None or not _has_state(model):
        return
    keys = list(said)
    for start in range(0, len(keys), CHUNK):
        rows = model._base_manager.filter(pk__in=keys[start : start + CHUNK])
        for key, state in rows.values_list("pk", STATE):
            if said[str(key)] != state:
                yield _wrong_state(model, key, said[str(key)], state)


def _wrong_state(model: type[Model], key: Any, said: str, found: str) -> Problem:
    words = _("%(record)s：状态现为“%(found)s”，存证记录的最后一步是“%(said)s”。")
    record = _name(model, key)
    message = words % {"record": record, "found": found, "said": said}
    return Problem(Fault.STATE, message, record=record)


def _contents(label: str, said: dict[str, Content]) -> Iterator[Problem]:
    model = _model(label)
    if model is None:
        return
    left = dict(said)
    for row in model._base_manager.order_by("pk").iterator(chunk_size=CHUNK):
        yield from _compare(row, left.pop(str(row.pk), None))
    for key, content in left.items():
        if content.digests is not None:
            record = _name(model, key)
            message = _("%(record)s：存证记录中有，数据库里已被删除。") % {"record": record}
            yield Problem(Fault.MISSING, message, content.position, record)


def _compare(row: Model, content: Content | None) -> Iterator[Problem]:
    record = _name(type(row), row.pk, row)
    if content is None or content.digests is None:
        message = _("%(record)s：数据库里有，存证记录中没有。") % {"record": record}
        yield Problem(Fault.UNRECORDED, message, record=record)
        return
    found = {name: salted(content.salt, text) for name, text in parts_of(row).items()}
    for name in sorted(found.keys() | content.digests.keys()):
        if found.get(name) != content.digests.get(name):
            words = _("%(record)s：“%(part)s”与存证时不同，存证见第 %(n)s 条。")
            part = part_words(row._meta.label_lower, name)
            message = words % {"record": record, "part": part, "n": content.position}
            yield Problem(Fault.CONTENT, message, content.position, record)


def compare_rows(last: Last) -> Iterator[Problem]:
    """Yield every row whose state or content is not what the log last said of it."""
    for label in sorted(last.states):
        yield from _states(label, last.states[label])
    for label in witnessed_models():
        yield from _contents(label, last.contents.get(label, {}))
