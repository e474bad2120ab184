"""Places in the tree that are still free."""

from collections.abc import Iterable

from django.db.models import Max

from .models import Unit
from .paths import number_of


def last_step(parent: Unit | None) -> int:
    """Return the number of the last sibling below `parent` (gone ones included)."""
    last = Unit.objects.filter(parent=parent).order_by("-path").first()
    return number_of(last.path) if last else 0


def last_steps(parents: Iterable[Unit]) -> dict[int | None, int]:
    """Return the number of the last child of each parent, by its key; one query."""
    rows = Unit.objects.filter(parent__in=parents).order_by().values("parent")
    return {row["parent"]: number_of(row["last"]) for row in rows.annotate(last=Max("path"))}
