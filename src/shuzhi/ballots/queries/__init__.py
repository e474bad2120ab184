"""What other rooms may ask about a poll."""

from .paper import PaperState, cell_words, own_entry, paper_faults, paper_states
from .progress import CategoryProgress, progress, used_total, voting_now
from .readiness import Fault, blocking, readiness
from .results import (
    SealedRow,
    box_digest,
    mark_counts,
    receipt_counted,
    receipts,
    remarks,
    sealed_marks,
    shows_breakdown,
    statistics,
)
from .tellers import Tellers, tellers_of

__all__ = [
    "CategoryProgress",
    "Fault",
    "PaperState",
    "SealedRow",
    "Tellers",
    "blocking",
    "box_digest",
    "cell_words",
    "mark_counts",
    "own_entry",
    "paper_faults",
    "paper_states",
    "progress",
    "readiness",
    "receipt_counted",
    "receipts",
    "remarks",
    "sealed_marks",
    "shows_breakdown",
    "statistics",
    "tellers_of",
    "used_total",
    "voting_now",
]
