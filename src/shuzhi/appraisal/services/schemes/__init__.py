"""Verbs of schemes: begin, edit, take back, publish, withdraw, apply to a review."""

from .applying import apply_scheme
from .editing import edit_scheme, replace_text, set_mapping, undo_edit
from .publishing import publish_scheme, withdraw_scheme
from .starting import Source, begin_scheme, discard_scheme

__all__ = [
    "Source",
    "apply_scheme",
    "begin_scheme",
    "discard_scheme",
    "edit_scheme",
    "publish_scheme",
    "replace_text",
    "set_mapping",
    "undo_edit",
    "withdraw_scheme",
]
