"""Templates build on lower rooms or the shell's published layouts, and carry no inline code."""

import re
from pathlib import Path

import pytest

from tests.structure.rooms import HEIGHT, PACKAGE, below, room_of, shown, sources

USES = re.compile(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""")
PUBLISHED = {"base.html", "plain.html"}
INLINE = {
    "an inline script": r"<script(?![^>]*\bsrc=)[^>]*>",
    "an inline style": r"<style\b|\sstyle\s*=",
    "an event attribute": r"<[^>]*\son[a-z]+\s*=",
    "a script address": r"javascript:",
    "something from another host": r"""\b(?:src|href)\s*=\s*["'](?:https?:)?//""",
}
UNSAFE = re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off")
REASON = re.compile(r"{#\s*safe:\s*\S.*#}")
TEMPLATES = [path for path in sources(".html") if "templates" in path.parts]


def complaints(text: str, room: str) -> list[str]:
    """Return what a template of `room` does that it may not, with line numbers."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        found += [
            f"{number}: {what}" for what in INLINE if re.search(INLINE[what], line, re.IGNORECASE)
        ]
        if UNSAFE.search(line) and not REASON.search(line):
            found.append(f"{number}: unescaped without {{# safe: reason #}} on the line")
        for used in USES.findall(line):
            owner = used.split("/")[0]
            allowed = owner == "django" or (owner in HEIGHT and below(owner, room))
            if used not in PUBLISHED and not allowed:
                found.append(f"{number}: uses {used}, which is not below {room}")
    return found


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("<script>go()</script>", "script"),
        ('<p style="color: red">', "style"),
        ('<a href="#" onclick="go()">', "event"),
        ('<a href="javascript:go()">', "address"),
        ('<link href="//cdn.example/x.css">', "host"),
        ("{{ report|safe }}", "unescaped"),
        ('{% include "appraisal/_row.html" %}', "below"),
        ('{% extends "web/home.html" %}', "below"),
    ],
)
def test_a_fault_is_found(text: str, word: str) -> None:
    assert word in "".join(complaints(f"<p>\n{text}", "ballots"))


@pytest.mark.parametrize(
    "text",
    [
        '{% extends "base.html" %}',
        '{% include "kernel/_table.html" %}{% include "ballots/_card.html" %}',
        '<script src="{% static "web/x.js" %}" defer></script>',
        "{{ chart|safe }} {# safe: drawn by our own engine #}",
        '<p data-once="1" class="on">',
    ],
)
def test_what_is_allowed(text: str) -> None:
    assert complaints(text, "ballots") == []


@pytest.mark.parametrize("path", TEMPLATES, ids=shown)
def test_template(path: Path) -> None:
    room = room_of(path)
    assert complaints(path.read_text("utf-8"), room) == []
    home = PACKAGE / room / "templates"
    name = str(path.relative_to(home))
    assert name.startswith(f"{room}/") or (room == "web" and path.parent == home), (
        f"{shown(path)} belongs in templates/{room}/"
    )
