"""Verbs of the registry."""

from .accounts import (
    create_account_for,
    create_temporary_account,
    disable_account,
    end_temporary_accounts,
    reset_password,
)
from .appointments import appoint, relieve
from .grants import grant_role, revoke_role
from .imports import apply_draft, correct_draft, keep_draft
from .people import add_person, change_person
from .periods import close_period, open_period, reopen_period
from .units import abolish_unit, create_unit, move_unit, rename_unit

__all__ = [
    "abolish_unit",
    "add_person",
    "apply_draft",
    "appoint",
    "change_person",
    "close_period",
    "correct_draft",
    "create_account_for",
    "create_temporary_account",
    "create_unit",
    "disable_account",
    "end_temporary_accounts",
    "grant_role",
    "keep_draft",
    "move_unit",
    "open_period",
    "relieve",
    "rename_unit",
    "reopen_period",
    "reset_password",
    "revoke_role",
]
