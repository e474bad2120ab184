"""The table of events in the architecture is what the code declares and who listens to it."""

import re
from dataclasses import is_dataclass
from importlib import import_module
from pathlib import Path

from shuzhi.kernel.calendar import CalendarChanged
from shuzhi.kernel.events import listeners
from tests.structure.rooms import PACKAGE, ROOT

NOBODY = "nobody yet"
ROW = re.compile(r"^\| (`.+`) \| (.+) \| (.+) \|$", re.MULTILINE)


def room(module: str) -> str:
    """Return the room of a module: `shuzhi.ballots.events` is of ballots."""
    return module.split(".")[1]


def events() -> list[type]:
    """Return the typed events: each room's own, and the calendar's."""
    modules = [path.parent.name for path in sorted(PACKAGE.glob("*/events.py"))]
    found = [vars(import_module(f"shuzhi.{name}.events")).items() for name in modules]
    own = {
        value
        for items in found
        for _name, value in items
        if isinstance(value, type) and is_dataclass(value) and value.__module__.endswith(".events")
    }
    return sorted({*own, CalendarChanged}, key=lambda event: event.__name__)


def table(path: Path) -> dict[str, tuple[str, str]]:
    """Return publisher and hearers of each event that the table names."""
    part = path.read_text("utf-8").partition("| event |")[2].partition("\n\n")[0]
    return {
        name: (publisher, hearers)
        for names, publisher, hearers in ROW.findall(part)
        for name in re.findall(r"`(\w+)`", names)
    }


def test_the_table_says_who_publishes_and_who_hears() -> None:
    heard = {
        event.__name__: ", ".join(sorted({room(who.__module__) for who in listeners(event)}))
        for event in events()
    }
    expected = {e.__name__: (room(e.__module__), heard[e.__name__] or NOBODY) for e in events()}
    assert table(ROOT / "docs/architecture.md") == expected
