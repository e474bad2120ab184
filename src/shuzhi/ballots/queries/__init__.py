"""What other rooms may ask about a poll."""

from .paper import paper_faults
from .progress import CategoryProgress, progress, used_total
from .readiness import Fault, blocking, readiness
from .results import (
    SealedRow,
    box_digest,
    receipt_counted,
    receipts,
    remarks,
    sealed_marks,
    shows_breakdown,
    statistics,
)

__all__ = [
    "CategoryProgress",
    "Fault",
    "SealedRow",
    "blocking",
    "box_digest",
    "paper_faults",
    "progress",
    "readiness",
    "receipt_counted",
    "receipts",
    "remarks",
    "sealed_marks",
    "shows_breakdown",
    "statistics",
    "used_total",
]
