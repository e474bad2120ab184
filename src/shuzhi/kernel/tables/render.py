"""Render a declared list: a page of it, the part that htmx asked for, or all of it as Excel."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .declare import Badge, Column, Table
from .export import excel_response
from .state import ListState


@dataclass(frozen=True)
class Cell:
    """What stands in one cell on screen."""

    column: Column
    value: Any
    url: str | None
    badge: Badge | None

    @property
    def look(self) -> str:
        """Return the class of the cell: numbers align right, a date stays on one line."""
        if self.column.numeric:
            return "sz-number"
        return "sz-whole" if self.column.whole or isinstance(self.value, date) else ""


@dataclass(frozen=True)
class Head:
    """A column's head: where a press on it leads, and how it is ordered now."""

    column: Column
    url: str
    order: str  # aria-sort: ascending, descending, none


@dataclass(frozen=True)
class ListPage:
    """All that the list's template needs."""

    table: Table
    state: ListState
    page: Page[Any]

    @property
    def heads(self) -> Iterator[Head]:
        now = {self.state.sort: "ascending", self.state.sort.removeprefix("-"): "descending"}
        now[self.state.sort] = "descending" if self.state.sort.startswith("-") else "ascending"
        for column in self.table.columns:
            url = self.state.sorted_by(column.key) if column.sort else ""
            yield Head(column, url, now.get(column.key, "none"))

    @property
    def rows(self) -> Iterator[list[Cell]]:
        for row in self.page:
            yield [_cell(column, row) for column in self.table.columns]

    @property
    def filters(self) -> list[dict[str, Any]]:
        return [
            {
                "key": f"f_{term.key}",
                "label": term.label,
                "options": term.options(),
                "value": self.state.filters.get(term.key, ""),
            }
            for term in self.table.filters
        ]

    @property
    def previous_url(self) -> str:
        return self.state.address(page=str(self.page.previous_page_number()))

    @property
    def next_url(self) -> str:
        return self.state.address(page=str(self.page.next_page_number()))

    @property
    def excel_url(self) -> str:
        return self.state.address(format="xlsx")


def _cell(column: Column, row: Any) -> Cell:
    return Cell(
        column=column,
        value=column.of(row),
        url=column.link(row) if column.link else None,
        badge=column.badge(row) if column.badge else None,
    )


def render_list(
    request: HttpRequest,
    table: Table,
    queryset: QuerySet[Any],
    template: str = "kernel/list.html",
    **context: Any,
) -> HttpResponse:
    """Answer a list page with two queries (count, rows) plus what filters' choices need.

    A page's own template extends "kernel/list.html" and fills its blocks.
    """
    state = ListState.of(request, table)
    rows = state.apply(queryset)
    if request.GET.get("format") == "xlsx":
        return excel_response(request, table, rows)
    listing = ListPage(table, state, Paginator(rows, table.per_page).get_page(state.page))
    if request.headers.get("HX-Target") == "list":
        template = "kernel/_list.html"
    return render(request, template, context | {"listing": listing, "table": table})
