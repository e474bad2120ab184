"""What a person asked of a list: `?q= &sort= &page= &f_x= &format=xlsx`; odd values are ignored."""

from dataclasses import dataclass, replace
from functools import reduce
from operator import and_, or_
from typing import Any, Self

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils.http import urlencode

from .declare import Table


@dataclass(frozen=True)
class ListState:
    """The question that an address carries, and the address of a changed one."""

    table: Table
    query: str
    sort: str
    filters: dict[str, str]
    page: str = "1"

    @classmethod
    def of(cls, request: HttpRequest, table: Table) -> Self:
        asked = request.GET
        sort = asked.get("sort", "")
        return cls(
            table=table,
            query=asked.get("q", "").strip()[:100],
            sort=sort if sort.removeprefix("-") in table.sortable else table.default_sort,
            filters={f.key: v for f in table.filters if (v := asked.get(f"f_{f.key}", "")[:100])},
            page=asked.get("page", "1"),
        )

    @property
    def narrowed(self) -> bool:
        return bool(self.query or self.filters)

    def address(self, **extra: str) -> str:
        """Return the query string of this state; `page` and `format` are given with `extra`."""
        pairs = {"q": self.query, "sort": self.sort if self.sort != self.table.default_sort else ""}
        pairs |= {f"f_{key}": value for key, value in self.filters.items()} | extra
        return "?" + urlencode({key: value for key, value in pairs.items() if value})

    def sorted_by(self, key: str) -> str:
        """Return the address that sorts by `key`, or turns its direction when it is the order."""
        return replace(self, sort=f"-{key}" if self.sort == key else key).address()

    def apply(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows searched, filtered and put in one stable order."""
        for term in self.table.filters:
            if value := self.filters.get(term.key):
                rows = term.apply(rows, value)
        if self.query and self.table.search:
            rows = rows.filter(self._matches())
        return self._ordered(rows)

    def _matches(self) -> Q:
        """Every word must be found in one of the searched fields."""
        words = [
            reduce(or_, (Q(**{f"{name}__icontains": word}) for name in self.table.search))
            for word in self.query.split()
        ]
        return reduce(and_, words)

    def _ordered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        column = self.table.sortable.get(self.sort.removeprefix("-"))
        if column is None or column.sort is None:
            return rows if rows.ordered else rows.order_by("pk")
        name = F(column.sort)
        down = self.sort.startswith("-")
        order = name.desc(nulls_last=True) if down else name.asc(nulls_last=True)
        return rows.order_by(order, "pk")
