"""Collect what papers say from the rooms below, as plain facts; nothing is computed anew.

Everything is put in Chinese words, whatever language the screen speaks.
"""

from .feedback import feedback_facts, feedback_of
from .marks import category_facts
from .meeting import form_facts, meeting_facts, roll_facts
from .review import comment_facts, review_facts

__all__ = [
    "category_facts",
    "comment_facts",
    "feedback_facts",
    "feedback_of",
    "form_facts",
    "meeting_facts",
    "review_facts",
    "roll_facts",
]
