"""The rooms from bottom to top, and where a thing belongs: what the structure tests share."""

from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src/shuzhi"
# A line is one level; rooms on one level do not see each other.
LEVELS = (
    ("engine",),
    ("kernel",),
    ("registry",),
    ("catalogue",),
    ("matters", "ballots"),
    ("gatherings",),
    ("appraisal",),
    ("bulletins",),
    ("web",),
)
HEIGHT = {room: height for height, rooms in enumerate(LEVELS) for room in rooms}
# Engine and kernel are libraries: every module of theirs is a door.
LIBRARIES = {"engine", "kernel"}
DOORS = {"services", "queries", "enums", "events"}


def below(lower: str, upper: str) -> bool:
    """Say whether the room `upper` may use the room `lower`, or is it."""
    return lower == upper or HEIGHT[lower] < HEIGHT[upper]


@cache
def sources(suffix: str) -> tuple[Path, ...]:
    """Return our own files with this suffix inside the package, built and generated ones apart."""
    return tuple(
        path
        for path in sorted(PACKAGE.rglob(f"*{suffix}"))
        if not {"vendor", "migrations", "__pycache__"} & set(path.parts)
    )


def room_of(path: Path) -> str:
    """Return the room in whose folder a file of the package lies."""
    return path.relative_to(PACKAGE).parts[0]


def shown(path: Path) -> str:
    """Write a path for a message."""
    return str(path.relative_to(ROOT))
