"""Verbs of the catalogue."""

from .offering import offer, withdraw
from .packs import SyncReport, check_packs, sync_packs

__all__ = ["SyncReport", "check_packs", "offer", "sync_packs", "withdraw"]
