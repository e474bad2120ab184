"""Pages of the matters room: the work list, one matter's story and its steps, the county's view."""

from .board import board
from .bulk import bulk, bulk_party, bulk_step, bulk_urge
from .county import county, coverage
from .digests import digests
from .ledger import ledger, ledger_sheet, ledger_take
from .listing import drop_filter, matter_list, save_filter
from .names import names
from .opening import choose_kind, open_kind
from .paper import paper
from .sharing import parts, party
from .story import matter_file, matter_page, matter_step, matter_urge
from .terms import answer_time, more_time

__all__ = [
    "answer_time",
    "board",
    "bulk",
    "bulk_party",
    "bulk_step",
    "bulk_urge",
    "choose_kind",
    "county",
    "coverage",
    "digests",
    "drop_filter",
    "ledger",
    "ledger_sheet",
    "ledger_take",
    "matter_file",
    "matter_list",
    "matter_page",
    "matter_step",
    "matter_urge",
    "more_time",
    "names",
    "open_kind",
    "paper",
    "parts",
    "party",
    "save_filter",
]
