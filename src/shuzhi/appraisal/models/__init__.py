"""Tables of the yearly review."""

from .comment import Comment
from .entrant import Entrant
from .figures import Figure, Happening, Veto
from .problem import Problem
from .report import Report, ReportRevision, ReportSection
from .review import Review
from .score import Derivation, Node, Result, ScoreRun

__all__ = [
    "Comment",
    "Derivation",
    "Entrant",
    "Figure",
    "Happening",
    "Node",
    "Problem",
    "Report",
    "ReportRevision",
    "ReportSection",
    "Result",
    "Review",
    "ScoreRun",
    "Veto",
]
