"""Small words of the pages: states with a shape, countdowns."""

from datetime import date
from typing import Any

from django import template
from django.utils import timezone

from shuzhi.kernel.tables.declare import Badge
from shuzhi.kernel.worklist import countdown as words

register = template.Library()


@register.inclusion_tag("kernel/_state.html")
def state(word: Any, tone: str = "plain") -> dict[str, Any]:
    """Show a state as word and shape; tones: plain, waiting, going, done, warn, late."""
    return {"badge": word if isinstance(word, Badge) else Badge(word, tone)}  # type: ignore[arg-type]


@register.filter
def countdown(due: date | None) -> str:
    """Say how long is left until `due`, as a secretary would."""
    return words(due, timezone.localdate()) if due else ""


@register.filter
def past(due: date | None) -> bool:
    """Tell whether `due` is over."""
    return bool(due and due < timezone.localdate())
