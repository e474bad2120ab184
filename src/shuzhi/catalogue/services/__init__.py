"""Verbs of the catalogue."""

from shuzhi.catalogue.kinds import register_kind, words_of

from .offering import offer, withdraw
from .packs import SyncReport, check_packs, sync_packs

__all__ = [
    "SyncReport",
    "check_packs",
    "offer",
    "register_kind",
    "sync_packs",
    "withdraw",
    "words_of",
]
