"""What happened, by whom, provably: events recorded by services, chained into the proof log."""

from .kinds import EventKind, event_kind, kind_text, register_events
from .recording import erase_personal, record
from .witnesses import register_witness

__all__ = [
    "EventKind",
    "erase_personal",
    "event_kind",
    "kind_text",
    "record",
    "register_events",
    "register_witness",
]
