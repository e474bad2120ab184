"""Tables of the matters room."""

from .carried import Carried, CarriedCount
from .deadline import Extension, MatterDeadline
from .digest import DailyRound, Digest
from .matter import Matter, MatterParty, MatterState
from .story import Intake, MatterCell, MatterFile, MatterStep

__all__ = [
    "Carried",
    "CarriedCount",
    "DailyRound",
    "Digest",
    "Extension",
    "Intake",
    "Matter",
    "MatterCell",
    "MatterDeadline",
    "MatterFile",
    "MatterParty",
    "MatterState",
    "MatterStep",
]
