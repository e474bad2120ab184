"""The catalogue's kind "scheme": checked by the engine that will compute with it."""

import re
from typing import Any

from shuzhi.engine.scheme import Faults, parse_scheme

_STEP = re.compile(r"[^.\[\]]+")
_WHERE = re.compile(r"^[^:]*:\d+(?:: (?P<path>.*))?$")


def _path(where: str) -> tuple[str | int, ...]:
    """Return `file:12: indicators[0].rule` as a path."""
    found = _WHERE.match(where)
    steps = _STEP.findall((found and found["path"]) or "")
    return tuple(int(step) if step.isdigit() else step for step in steps if step != "/")


def check_scheme(_body: dict[str, Any], text: str) -> list[tuple[tuple[str | int, ...], str]]:
    """Return what the engine finds wrong with a scheme's text, by path."""
    try:
        parse_scheme(text)
    except Faults as error:
        return [(_path(fault.where), f"{fault.what}; {fault.right}") for fault in error.faults]
    return []
