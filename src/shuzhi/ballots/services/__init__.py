"""The verbs of ballots."""

from shuzhi.ballots.schema import CardSpec, Fact, Item, PollForm, RaterCategory

from .casting import Ballot, SlipError, cast_ballot, check_slip, find_poll
from .merging import merge_categories
from .paper import (
    finish_entry,
    remove_form,
    reopen_entry,
    save_counts,
    save_form,
    save_remarks,
    save_tallies,
    set_paper_issued,
    settle_cell,
)
from .polls import (
    annul_poll,
    change_form,
    close_poll,
    create_poll,
    open_poll,
    replace_cards,
)
from .sealing import seal_poll
from .slips import cancel_slip, cancel_unused, issue_slips, reissue_slips

__all__ = [
    "Ballot",
    "CardSpec",
    "Fact",
    "Item",
    "PollForm",
    "RaterCategory",
    "SlipError",
    "annul_poll",
    "cancel_slip",
    "cancel_unused",
    "cast_ballot",
    "change_form",
    "check_slip",
    "close_poll",
    "create_poll",
    "find_poll",
    "finish_entry",
    "issue_slips",
    "merge_categories",
    "open_poll",
    "reissue_slips",
    "remove_form",
    "reopen_entry",
    "replace_cards",
    "save_counts",
    "save_form",
    "save_remarks",
    "save_tallies",
    "seal_poll",
    "set_paper_issued",
    "settle_cell",
]
