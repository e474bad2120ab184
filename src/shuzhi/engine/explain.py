"""Why a unit has its score: a typed tree of plain arithmetic, down to the rows used."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Node:
    """One step of a derivation."""

    title: str
    rule: str = ""
    arithmetic: str = ""
    rows: list[dict[str, str]] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)


def explained(run: Any, unit: str) -> Node:
    """The derivation of one unit's score."""
    return Node(unit)


def as_text(node: Node, depth: int = 0) -> str:
    """The tree as indented lines."""
    return "\n".join(
        ["  " * depth + node.title, *(as_text(child, depth + 1) for child in node.children)]
    )
