"""The catalogue's kind "scheme": checked by the engine that will compute with it."""

from typing import Any

from django.utils.translation import gettext as _

from shuzhi.engine.scheme import Faults, parse_scheme
from shuzhi.kernel.language import language

from .view import view_of


def check_scheme(_body: dict[str, Any], text: str) -> list[tuple[tuple[str | int, ...], str]]:
    """Return what the engine finds wrong with a scheme's text, by path."""
    try:
        parse_scheme(text)
    except Faults as error:
        return [(fault.path, fault.message.text(language())) for fault in error.faults]
    return []


def tell_scheme(text: str) -> list[tuple[str, list[str]]]:
    """Say how each item is counted; nothing of a kept version that the engine reads no longer."""
    try:
        scheme = view_of(text)
    except Faults:
        return []
    said = _("%(title)s：%(rule)s")
    lines = [said % {"title": leaf.title, "rule": leaf.words} for leaf in scheme.leaves]
    return [(_("每项怎样计分"), lines)]
