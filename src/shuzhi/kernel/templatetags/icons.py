"""`{% icon "check" %}`: a Tabler outline icon inline, so that a phone loads no icon font."""

import json
from functools import cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@cache
def _outline() -> dict[str, str]:
    source = finders.find("vendor/tabler-icons/outline.json")
    if not source:
        raise ImproperlyConfigured("the icons are missing: run `make setup`")
    drawn: dict[str, str] = json.loads(Path(source).read_text("utf-8"))
    return drawn


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """Return the icon `name` of tabler.io/icons as decoration, `extra` being further classes."""
    if name not in _outline():
        raise template.TemplateSyntaxError(f"no icon is called {name!r}")
    drawing = mark_safe(_outline()[name])  # noqa: S308 -- our own build wrote it, no user's text
    return format_html(
        '<svg class="icon {}" width="24" height="24" viewBox="0 0 24 24" stroke-width="2"'
        ' stroke="currentColor" fill="none" stroke-linecap="round" stroke-linejoin="round"'
        ' aria-hidden="true">{}</svg>',
        extra,
        drawing,
    )
