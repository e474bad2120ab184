"""Tables that every room may refer to."""

from .account import Account
from .audit import AuditEvent
from .files import StoredFile
from .numbering import NumberSeries

__all__ = ["Account", "AuditEvent", "NumberSeries", "StoredFile"]
