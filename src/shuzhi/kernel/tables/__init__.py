"""One declaration gives a list its page: search, filters, sort, pages, Excel, an empty state."""

from .declare import Badge, Column, Empty, Filter, Table, Tone, badge_of, state_column
from .render import render_list
from .saved import drop_view, save_view, views_of
from .state import ListState

__all__ = [
    "Badge",
    "Column",
    "Empty",
    "Filter",
    "ListState",
    "Table",
    "Tone",
    "badge_of",
    "drop_view",
    "render_list",
    "save_view",
    "state_column",
    "views_of",
]
