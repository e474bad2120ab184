"""Tables of the yearly review."""

from .comment import Comment
from .entrant import Entrant
from .figures import Figure, FigureDraft, Happening, Veto
from .objection import Objection, ObjectionWindow
from .problem import Problem
from .report import Report, ReportRevision, ReportSection
from .review import Review
from .scheme import SchemeDraft, SchemeRevision
from .score import Derivation, Node, Result, ScoreRun

__all__ = [
    "Comment",
    "Derivation",
    "Entrant",
    "Figure",
    "FigureDraft",
    "Happening",
    "Node",
    "Objection",
    "ObjectionWindow",
    "Problem",
    "Report",
    "ReportRevision",
    "ReportSection",
    "Result",
    "Review",
    "SchemeDraft",
    "SchemeRevision",
    "ScoreRun",
    "Veto",
]
