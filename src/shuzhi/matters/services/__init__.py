"""Verbs of matters."""

from shuzhi.matters.limits import TITLE

from .extending import ask_extension, decide_extension
from .importing import LedgerRow, import_matters
from .ledger import note_ledger_out, take_ledger
from .opening import open_many, open_matter
from .sharing import Share, add_owner, reassign, reassign_many, split
from .stepping import take_step
from .urging import urge

__all__ = [
    "TITLE",
    "LedgerRow",
    "Share",
    "add_owner",
    "ask_extension",
    "decide_extension",
    "import_matters",
    "note_ledger_out",
    "open_many",
    "open_matter",
    "reassign",
    "reassign_many",
    "split",
    "take_ledger",
    "take_step",
    "urge",
]
