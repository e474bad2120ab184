"""Tables of ballots; none of them joins a slip with a ballot."""

from .box import BoxEntry, Slip
from .paper import PaperCount, PaperEntry, PaperSettlement
from .poll import Card, Poll
from .sealed import Receipt, Remark, SealedMark

__all__ = [
    "BoxEntry",
    "Card",
    "PaperCount",
    "PaperEntry",
    "PaperSettlement",
    "Poll",
    "Receipt",
    "Remark",
    "SealedMark",
    "Slip",
]
