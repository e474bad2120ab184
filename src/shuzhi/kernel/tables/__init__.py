"""One declaration gives a list its page: search, filters, sort, pages, Excel, an empty state."""

from .declare import Badge, Column, Empty, Filter, Table, Tone
from .render import render_list
from .state import ListState

__all__ = ["Badge", "Column", "Empty", "Filter", "ListState", "Table", "Tone", "render_list"]
