"""The verbs of the yearly review."""

from .comments import approve_comment, finish_comment, offer_comment, save_comment
from .deciding import Decision, decide_grades, publish_review, reconsider
from .entrants import draw_entrants, exempt_entrant, order_entrants
from .figures import FigureRow, add_happening, enter_figures
from .meeting import close_review, open_meeting
from .preparing import (
    Plan,
    RaterClass,
    adjust_review,
    invite_reports,
    prepare_review,
    recall_review,
    replace_scheme,
)
from .problems import edit_problem, move_problem, name_problem, propose_problems
from .rectifying import send_notices
from .reports import reopen_report, save_section, start_report, submit_report, upload_report
from .scoring import request_scoring, score_review, seal_ballots

__all__ = [
    "Decision",
    "FigureRow",
    "Plan",
    "RaterClass",
    "add_happening",
    "adjust_review",
    "approve_comment",
    "close_review",
    "decide_grades",
    "draw_entrants",
    "edit_problem",
    "enter_figures",
    "exempt_entrant",
    "finish_comment",
    "invite_reports",
    "move_problem",
    "name_problem",
    "offer_comment",
    "open_meeting",
    "order_entrants",
    "prepare_review",
    "propose_problems",
    "publish_review",
    "recall_review",
    "reconsider",
    "reopen_report",
    "replace_scheme",
    "request_scoring",
    "save_comment",
    "save_section",
    "score_review",
    "seal_ballots",
    "send_notices",
    "start_report",
    "submit_report",
    "upload_report",
]
