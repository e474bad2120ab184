"""Verbs on bulletins."""

from .drafting import begin_bulletin, edit_bulletin, offer_bulletin, replace_bulletin
from .filing import file_documents, seal_bulletin
from .issuing import check_bulletin, issue_bulletin
from .papers import take_paper
from .steps import discard_bulletin, return_bulletin, withdraw_bulletin

__all__ = [
    "begin_bulletin",
    "check_bulletin",
    "discard_bulletin",
    "edit_bulletin",
    "file_documents",
    "issue_bulletin",
    "offer_bulletin",
    "replace_bulletin",
    "return_bulletin",
    "seal_bulletin",
    "take_paper",
    "withdraw_bulletin",
]
