"""Units, people and posts as one Excel workbook: the same format out and in.

An upload becomes a draft; a plan says for every row whether it is new, changed, the same or
wrong, cell by cell; only a plan without faults is applied, whole, in one transaction.
"""

from .exporting import workbook
from .model import Change, Line, Plan
from .planning import plan_of
from .reading import read_upload

__all__ = ["Change", "Line", "Plan", "plan_of", "read_upload", "workbook"]
