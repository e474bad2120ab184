"""Pages of the bulletins room."""

from .feedback import feedback, feedback_pdf
from .files import chart, file, seal
from .meetings import begin, meeting, meeting_list, paper
from .reading import bulletin_list, bulletin_page
from .writing import edit, replace, step

__all__ = [
    "begin",
    "bulletin_list",
    "bulletin_page",
    "chart",
    "edit",
    "feedback",
    "feedback_pdf",
    "file",
    "meeting",
    "meeting_list",
    "paper",
    "replace",
    "seal",
    "step",
]
