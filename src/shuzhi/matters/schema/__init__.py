"""The body of a mechanism of the kind `matter`: everything that the interpreter runs, as data.

A file reads as the story does: what it is called, which facts it knows (`fields`), who takes part
(`parties`), where it may stand (`states`), how it begins (`opens`) and moves (`transitions`),
until when (`deadlines`), and what is counted (`measures`). `handover-order.yaml` is a small one.
"""

from .checks import check_body, faults_of
from .deadlines import Deadline, Extension, Start
from .facts import Choice, Fact, FactType
from .measures import Count, ExtraMeasure, Measures, Satisfaction
from .parties import Party, PartyIs, PartyKind
from .plan import MatterPlan
from .steps import FollowUp, Likeness, Opening, Split, State, StateKind, Transition, When
from .words import Words

__all__ = [
    "Choice",
    "Count",
    "Deadline",
    "Extension",
    "ExtraMeasure",
    "Fact",
    "FactType",
    "FollowUp",
    "Likeness",
    "MatterPlan",
    "Measures",
    "Opening",
    "Party",
    "PartyIs",
    "PartyKind",
    "Satisfaction",
    "Split",
    "Start",
    "State",
    "StateKind",
    "Transition",
    "When",
    "Words",
    "check_body",
    "faults_of",
]
