"""Small words of a matter: where it stands, how long is left."""

from datetime import date
from typing import Any

from django import template

from shuzhi.matters.models import Matter
from shuzhi.matters.queries.listing import stood
from shuzhi.matters.tables import due_badge, state_badge

register = template.Library()


@register.inclusion_tag("kernel/_state.html")
def state_of(matter: Matter) -> dict[str, Any]:
    """Show where a matter stands, as word and shape."""
    return {"badge": state_badge(matter)}


@register.inclusion_tag("kernel/_state.html")
def due_of(due: date) -> dict[str, Any]:
    """Show how long is left until a date, as word and shape."""
    return {"badge": due_badge(due)}


@register.simple_tag
def stood_in(matter: Matter, year: int) -> str:
    """Say where a matter stood when a year was sealed that it has left; "" if it has not."""
    return stood(matter, year)
