"""The verbs of ballots."""

from shuzhi.ballots.schema import CardSpec, Fact, Item, PollForm, RaterCategory

from .casting import Ballot, SlipError, cast_ballot, check_slip, find_poll
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
    "issue_slips",
    "open_poll",
    "reissue_slips",
    "replace_cards",
    "seal_poll",
]
