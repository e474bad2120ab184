"""A scheme as the pages see it: leaves with their words, grades, vetoes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from shuzhi.engine.scheme import Place, Scheme, parse_scheme
from shuzhi.kernel.language import language

from .schemes.sentences import sentence

TARGET = ":target"  # after a leaf's id: the column of each unit's own target


def _title(titles: Mapping[Any, str] | None, fallback: str) -> str:
    known: Mapping[Any, str] = titles or {}
    title: str = known.get(language()) or next(iter(known.values()), fallback)
    return title


@dataclass(frozen=True)
class Leaf:
    """One indicator that is measured: what it is called, how it counts, how many points."""

    id: str
    title: str
    kind: str
    points: Decimal
    rule: Any = field(repr=False, compare=False)
    bonus: Any = field(default=None, repr=False, compare=False)

    @property
    def words(self) -> str:
        """Say the rule in one sentence."""
        return sentence(self.rule, self.points, self.bonus)

    @property
    def own_target(self) -> bool:
        """Whether each unit has a target or limit of its own: the scheme names none for all."""
        named = {"ratio": "target", "shortfall": "target", "excess": "limit"}.get(self.kind)
        return named is not None and getattr(self.rule, named) is None

    @property
    def target(self) -> "Leaf":
        """The column in which units' own targets stand."""
        title = _("%(title)s：目标") if self.kind != "excess" else _("%(title)s：上限")
        return Leaf(
            f"{self.id}{TARGET}", title % {"title": self.title}, "target", self.points, self.rule
        )


@dataclass(frozen=True)
class SchemeView:
    """What pages and services ask of a scheme."""

    scheme: Scheme

    def _leaf(self, place: Place) -> Leaf:
        return Leaf(
            place.id,
            place.indicator.name(language()),
            place.rule.kind,
            place.points,
            place.rule,
            place.indicator.bonus,
        )

    @property
    def title(self) -> str:
        return _title(self.scheme.title, self.scheme.scheme)

    @property
    def leaves(self) -> list[Leaf]:
        return [self._leaf(place) for place in self.scheme.leaves]

    @property
    def figure_leaves(self) -> list[Leaf]:
        """Leaves that read a value from every unit."""
        return [leaf for leaf in self.leaves if leaf.kind not in {"ratings", "events"}]

    @property
    def figure_columns(self) -> list[Leaf]:
        """What the grid of figures asks: each leaf, and its target where units have their own."""
        leaves = self.figure_leaves
        return [x for leaf in leaves for x in ([leaf, leaf.target] if leaf.own_target else [leaf])]

    @property
    def event_leaves(self) -> list[Leaf]:
        return [leaf for leaf in self.leaves if leaf.kind == "events"]

    @property
    def rating_leaves(self) -> list[Leaf]:
        return [leaf for leaf in self.leaves if leaf.kind == "ratings"]

    @property
    def vetoes(self) -> dict[str, str]:
        return {veto.id: _title(veto.title, veto.id) for veto in self.scheme.vetoes}

    @property
    def grades(self) -> list[str]:
        """Grades, best first."""
        return [grade.grade for grade in self.scheme.grades]

    @property
    def quotas(self) -> dict[str, Any]:
        return {grade.grade: grade.quota for grade in self.scheme.grades if grade.quota}

    @property
    def titles(self) -> dict[str, str]:
        """Words of every indicator, branches too."""
        return {place.id: place.indicator.name(language()) for place in self.scheme.places}

    @property
    def scored_titles(self) -> dict[str, str]:
        """Words of the leaves that count towards the full score."""
        return {place.id: place.indicator.name(language()) for place in self.scheme.scored}

    def weight(self, indicator: str) -> Decimal:
        """Return how many points of the total an indicator carries.

        Below a branch that takes a mean the children's points are relative: they share its own.
        """
        place = self.scheme.find(indicator)
        if place is None or place.parent is None:
            return place.points if place else Decimal(0)
        parent = self.scheme.places[place.parent]
        whole = sum((child.points for child in self.scheme.children(parent)), Decimal(0))
        return self.weight(parent.id) * place.points / whole

    def places(self) -> Sequence[Place]:
        """Every indicator in the tree's order."""
        return self.scheme.places


@lru_cache(maxsize=64)
def view_of(text: str) -> SchemeView:
    """Return the view of a scheme's text. Raises the engine's `Faults`."""
    return SchemeView(parse_scheme(text))
