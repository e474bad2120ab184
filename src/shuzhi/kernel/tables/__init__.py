"""One declaration gives a list its page: search, filters, sort, pages, Excel, an empty state."""

from .declare import Badge, Column, Empty, Filter, Table, Tone
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
    "drop_view",
    "render_list",
    "save_view",
    "views_of",
]
