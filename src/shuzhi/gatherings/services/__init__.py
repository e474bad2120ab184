"""The verbs of a meeting."""

from .calling import call_attendees, import_attendees, remove_attendee
from .meeting import (
    change_gathering,
    close_gathering,
    create_gathering,
    open_gathering,
    record_minutes,
)
from .order import TurnSpec, draw_order, move_turn, set_turns
from .signing import sign_in
from .speaking import next_turn, step_turn

__all__ = [
    "TurnSpec",
    "call_attendees",
    "change_gathering",
    "close_gathering",
    "create_gathering",
    "draw_order",
    "import_attendees",
    "move_turn",
    "next_turn",
    "open_gathering",
    "record_minutes",
    "remove_attendee",
    "set_turns",
    "sign_in",
    "step_turn",
]
