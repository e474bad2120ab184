"""Pages of the meetings room: preparing, the door, the desk and the big screen."""

from .desk import close, desk, live, move, next_reporter, open_meeting, record, screen, step
from .door import door, presence
from .preparing import arrangements, draw, gathering_list, gathering_page
from .roll import call, remove, roll, roll_sheet

__all__ = [
    "arrangements",
    "call",
    "close",
    "desk",
    "door",
    "draw",
    "gathering_list",
    "gathering_page",
    "live",
    "move",
    "next_reporter",
    "open_meeting",
    "presence",
    "record",
    "remove",
    "roll",
    "roll_sheet",
    "screen",
    "step",
]
