"""Verbs of matters."""

from .extending import ask_extension, decide_extension
from .opening import open_many, open_matter
from .sharing import add_owner, reassign, split
from .stepping import take_step

__all__ = [
    "add_owner",
    "ask_extension",
    "decide_extension",
    "open_many",
    "open_matter",
    "reassign",
    "split",
    "take_step",
]
