"""Backups: one file with the database and the stored files, and never a key.

Without the keys, what a backup holds of an open poll cannot be read; a signing key that is lost
is replaced, and the log goes on under the new one.
"""

from .creating import create_backup
from .restoring import restore_backup

__all__ = ["create_backup", "restore_backup"]
