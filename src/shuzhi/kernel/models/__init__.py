"""Tables that every room may refer to."""

from .account import Account
from .audit import AuditAside, AuditEvent, LogHead, LogKey, LogState, LogTile
from .calendar import CalendarDay
from .files import StoredFile
from .jobs import Job, JobState
from .numbering import NumberSeries
from .saved import SavedView

__all__ = [
    "Account",
    "AuditAside",
    "AuditEvent",
    "CalendarDay",
    "Job",
    "JobState",
    "LogHead",
    "LogKey",
    "LogState",
    "LogTile",
    "NumberSeries",
    "SavedView",
    "StoredFile",
]
