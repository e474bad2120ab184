"""What happened, by whom, provably: events recorded by services, chained into the proof log."""

from .kinds import EventKind, event_kind, register_events
from .recording import record

__all__ = ["EventKind", "event_kind", "record", "register_events"]
