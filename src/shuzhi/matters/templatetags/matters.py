"""Small words of a matter: where it stands, how long is left, what its mechanism is called."""

from datetime import date
from typing import Any

from django import template
from django.utils.translation import get_language

from shuzhi.matters.mechanism import Mechanism
from shuzhi.matters.models import Matter
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
def title_of(mechanism: Mechanism) -> str:
    """Return what the mechanism is called in the reader's language."""
    english = (get_language() or "").startswith("en")
    return mechanism.title_en if english else mechanism.title
