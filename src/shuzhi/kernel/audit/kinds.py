"""Registered kinds of audit event: their words, and what of them stays out of the proof log."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class EventKind:
    """A kind of event; `personal` names facts kept beside the leaf behind a salted digest.

    `link` leads from the subject's key to its page, for readers who may see that page.
    """

    name: str
    text: str | Promise
    personal: frozenset[str] = frozenset()
    link: Callable[[str], str | None] | None = None


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


def subject_words(subject_type: str, subject_id: str) -> str:
    """Say what an event is about: the kind of thing in words, and its key."""
    try:
        name = str(apps.get_model(subject_type)._meta.verbose_name)
    except (LookupError, ValueError):  # a model of an older version
        name = subject_type
    return f"{name} {subject_id}"


def event_link(kind: str, subject_id: str) -> str | None:
    """Return the address of an event's subject, if its kind knows one."""
    link = _kinds[kind].link if kind in _kinds else None
    return link(subject_id) if link else None


def known_kinds() -> list[EventKind]:
    """Return all kinds, sorted by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def kind_text(name: str) -> str:
    """Return the words for a kind on record, which an older version may have registered."""
    return str(_kinds[name].text) if name in _kinds else name
