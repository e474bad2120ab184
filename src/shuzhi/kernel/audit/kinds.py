"""Registered kinds of audit event: their words, and what of them stays out of the proof log."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class EventKind:
    """A kind of event; `personal` names facts kept beside the leaf behind a salted digest."""

    name: str
    text: str | Promise
    personal: frozenset[str] = frozenset()


CONTENT = EventKind("log.content", _("内容存证"))
ERASED = EventKind("log.erased", _("依法删除个人信息"))
_kinds: dict[str, EventKind] = {kind.name: kind for kind in (CONTENT, ERASED)}


def register_events(kinds: Iterable[EventKind]) -> None:
    """Register kinds at start-up; a name may be registered once."""
    for kind in kinds:
        if kind.name in _kinds and _kinds[kind.name] != kind:
            raise ValueError(f"audit event registered twice: {kind.name}")
        _kinds[kind.name] = kind


def event_kind(name: str) -> EventKind:
    """Return the kind; an unknown name raises, so that nothing is recorded without words."""
    return _kinds[name]


def kind_text(name: str) -> str:
    """Return the words for a kind on record, which an older version may have registered."""
    return str(_kinds[name].text) if name in _kinds else name
