"""Verbs of the catalogue."""

from shuzhi.catalogue.kinds import register_kind, words_of
from shuzhi.catalogue.packs import points_at

from .offering import offer, withdraw
from .packs import SyncReport, check_packs, sync_packs
from .versions import keep_version, withdraw_version

__all__ = [
    "SyncReport",
    "check_packs",
    "keep_version",
    "offer",
    "points_at",
    "register_kind",
    "sync_packs",
    "withdraw",
    "withdraw_version",
    "words_of",
]
