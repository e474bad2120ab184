"""The ledger of a kind of matter as a clerk's own table: the same columns go out and come in."""

from .columns import Ledger
from .comparing import Change, Line, compare, counts_of
from .writing import ledger_workbook

__all__ = ["Change", "Ledger", "Line", "compare", "counts_of", "ledger_workbook"]
