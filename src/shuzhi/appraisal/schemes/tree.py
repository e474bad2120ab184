"""The tree as the editor shows it: points, sums, what is missing, the rule in words, faults."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import TypeAdapter, ValidationError

from shuzhi.engine.scheme import Fault, Faults, parse_scheme
from shuzhi.engine.scheme.models import Bonus
from shuzhi.engine.scheme.rules import Rule

from .document import Outline, Spot
from .faults import Told, told
from .sentences import sentence

ZERO = Decimal(0)
RULE: TypeAdapter[Any] = TypeAdapter(Rule)


@dataclass(frozen=True)
class Row:
    """One indicator: `sum` is what its children add up to, `points` what it says itself."""

    spot: Spot
    title: str
    kind: str
    points: Decimal | None
    sum: Decimal | None
    words: str = ""
    faults: list[Told] = field(default_factory=list)

    @property
    def is_branch(self) -> bool:
        return "children" in self.spot.node

    @property
    def is_bonus(self) -> bool:
        return "bonus" in self.spot.node

    @property
    def relative(self) -> bool:
        """Whether the children's points are weights that need not add up."""
        return bool(self.spot.node.get("aggregate"))

    @property
    def lacking(self) -> Decimal | None:
        """How many points the children lack (below 0: too many); None where nothing is off."""
        if not self.is_branch or self.relative or self.points is None or self.sum is None:
            return None
        return self.points - self.sum or None

    @property
    def parent(self) -> str:
        return self.spot.address.rpartition(".")[0]


@dataclass(frozen=True)
class Goal:
    """A branch to which an indicator may move; an empty address is the top."""

    address: str
    title: str = ""
    depth: int = 0

    @property
    def indent(self) -> range:
        return range(self.depth)


@dataclass(frozen=True)
class Tree:
    """Everything that the editor's left side shows."""

    rows: list[Row]
    full: Decimal | None
    sum: Decimal
    faults: list[Told]  # those that belong to no indicator

    @property
    def lacking(self) -> Decimal | None:
        return None if self.full is None else self.full - self.sum or None

    def goals(self, row: Row) -> list[Goal]:
        """Return where an indicator may move: neither where it is nor below itself."""
        own = row.spot.address
        if row.is_bonus:
            return []
        top = [Goal("")] if row.spot.depth else []
        return top + [
            Goal(there, other.title, other.spot.depth)
            for other in self.rows
            if other.is_branch
            and (there := other.spot.address) != row.parent
            and not f"{there}.".startswith(f"{own}.")
        ]

    @property
    def told(self) -> list[Told]:
        """Faults of the whole that the line of the sum does not say already."""
        return [fault for fault in self.faults if fault.code != "sum"]

    @property
    def sound(self) -> bool:
        return not self.faults and not any(row.faults for row in self.rows)

    @property
    def all_faults(self) -> list[Told]:
        return [*(fault for row in self.rows for fault in row.faults), *self.faults]


def decimal(value: Any) -> Decimal | None:
    """Return a number as the engine would read it, None for anything else."""
    if value is None or isinstance(value, bool):
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def title_of(node: Mapping[str, Any], language: str = "zh") -> str:
    """Return what an indicator, a veto or a scheme is called."""
    title = node.get("title")
    if isinstance(title, Mapping):
        title = title.get(language) or next(iter(title.values()), "")
    return str(title or node.get("id") or "")


def _points(node: Any) -> Decimal | None:
    return decimal(node.get("points"))


def _worth(node: Any) -> Decimal:
    """Return an indicator's own points, or the sum of its children's."""
    own = _points(node)
    if own is not None or "bonus" in node:
        return own or ZERO
    return sum((_worth(child) for child in node.get("children") or ()), ZERO)


def _faults(text: str) -> list[Fault]:
    try:
        parse_scheme(text)
    except Faults as error:
        return error.faults
    return []


def _words(node: Mapping[str, Any]) -> str:
    """Say a leaf's rule; nothing where the rule is not sound yet."""
    try:
        rule = RULE.validate_python(node["rule"])
        bonus = Bonus.model_validate(node["bonus"]) if "bonus" in node else None
    except (ValidationError, KeyError, TypeError):
        return ""
    return sentence(rule, decimal(node.get("points")), bonus)


def tree_of(outline: Outline, language: str) -> Tree:
    """Return the tree of a scheme."""
    spots = outline.spots()
    placed = told(_faults(outline.source), [spot.steps for spot in spots])
    rows = [
        Row(
            spot,
            title_of(spot.node, language),
            str((spot.node.get("rule") or {}).get("kind", "")),
            _points(spot.node),
            sum((_worth(child) for child in spot.node.get("children") or ()), ZERO)
            if spot.node.get("children")
            else None,
            _words(spot.node),
            placed.of.get(spot.steps, []),
        )
        for spot in spots
    ]
    top = sum((_worth(spot.node) for spot in spots if not spot.depth), ZERO)
    return Tree(rows, decimal(outline.root.get("full")), top, placed.rest)
