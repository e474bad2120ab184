"""Why a unit has its score: a typed tree of plain arithmetic, down to the input rows used."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from shuzhi.engine.faults import Fault, Faults
from shuzhi.engine.say import Language

if TYPE_CHECKING:
    from shuzhi.engine.run import Run
    from shuzhi.engine.scheme import Scheme


@dataclass
class Node:
    """One step of a derivation: what it is, the rule in words, the arithmetic, the rows it used."""

    id: str
    title: str
    rule: str = ""
    arithmetic: str = ""
    value: str = ""  # points, or the rate of a category
    of: str = ""  # the most that it can be
    status: str = "scored"  # scored | na | missing
    rows: list[dict[str, str]] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)


def explain(scheme: "Scheme", data: Any, unit: str, *, language: Language = "zh") -> Node:
    """The derivation of one unit's score. Raises Faults for bad data or an unknown unit.

    `data` is what `score` takes: a directory, or tables by name.
    """
    from shuzhi.engine.backends import connect
    from shuzhi.engine.checks import check_unit
    from shuzhi.engine.run import Run
    from shuzhi.engine.score import checked, read_inputs

    faults: list[Fault] = []
    inputs = read_inputs(data, faults)
    if faults:
        raise Faults(faults)
    with connect("duckdb") as engine:
        run = Run(scheme, inputs, engine)
        check_unit(run, unit)
        checked(run)
        return explained(run, unit, language)


def explained(run: "Run", unit: str, language: Language = "zh") -> Node:
    """The derivation of one unit's score from a calculation that has been checked."""
    from shuzhi.engine.derive import Derivation, Facts

    return Derivation(run.scheme, Facts.of(run, unit), language).tree()


def as_text(node: Node, depth: int = 0) -> str:
    """The tree as indented lines."""
    indent = "  " * depth
    value = f": {node.value}" + (f" / {node.of}" if node.of else "") if node.value else ""
    lines = [f"{indent}{node.title}{value}"]
    lines += [f"{indent}  {text}" for text in (node.rule, node.arithmetic) if text]
    lines += [f"{indent}  · {_row(row)}" for row in node.rows]
    return "\n".join([*lines, *(as_text(child, depth + 1) for child in node.children)])


def _row(row: Mapping[str, str]) -> str:
    return ", ".join(f"{column} {value}" for column, value in row.items() if value != "")


def plain(number: Decimal) -> str:
    """A number as a clerk writes it, without closing zeros: 20, 12.5."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
