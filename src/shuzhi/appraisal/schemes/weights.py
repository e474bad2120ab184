"""What if an item weighed more or less: its siblings give way in proportion, the sum stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.utils.translation import gettext as _

from shuzhi.appraisal.view import view_of
from shuzhi.engine.scheme import Place
from shuzhi.kernel.errors import RefusedError

from .changes import put
from .document import Document, steps_of

GRID = Decimal("0.01")


@dataclass(frozen=True)
class Weight:
    """An item that can be weighed: its place, its points, how deep it stands."""

    id: str
    title: str
    points: Decimal
    depth: int


@dataclass(frozen=True)
class Reweighted:
    """An item's points before and after."""

    title: str
    before: Decimal
    after: Decimal


def weights_of(text: str) -> list[Weight]:
    """Return every item that has siblings to give way."""
    scheme = view_of(text).scheme
    titles = view_of(text).titles
    places = [place for place in scheme.places if place.indicator.bonus is None]
    return [
        Weight(place.id, titles[place.id], place.points, place.depth)
        for place in places
        if len(_siblings(places, place)) > 1
    ]


def _siblings(places: Sequence[Place], place: Place) -> list[Place]:
    return [one for one in places if one.parent == place.parent]


def _shares(siblings: Sequence[Place], place: Place, points: Decimal) -> dict[str, Decimal]:
    """Return all siblings' new points; what rounding leaves goes to the largest of the others."""
    whole = sum((one.points for one in siblings), Decimal(0))
    others = [one for one in siblings if one.id != place.id]
    rest, old = whole - points, whole - place.points
    if rest <= 0 or points <= 0:
        raise RefusedError(
            _("这一项应大于 0、小于同级合计 %(whole)s 分。") % {"whole": f"{whole:f}"}
        )
    shares = {one.id: (one.points * rest / old).quantize(GRID, ROUND_DOWN) for one in others}
    largest = max(others, key=lambda one: one.points)
    shares[largest.id] += rest - sum(shares.values(), Decimal(0))
    return shares | {place.id: points}


def reweighted(text: str, item: str, points: Decimal) -> tuple[str, list[Reweighted]]:
    """Return the text with an item's points changed, and every change that this takes.

    The points below an item that changes are scaled with it, so that every sum stays right.
    """
    scheme, titles = view_of(text).scheme, view_of(text).titles
    place = scheme.find(item)
    if place is None or place.indicator.bonus is not None:
        raise RefusedError(_("请选一项指标。"))
    places = [one for one in scheme.places if one.indicator.bonus is None]
    shares = _shares(_siblings(places, place), place, points)
    document = Document(text)
    changed: list[Reweighted] = []
    for one in _siblings(places, place):
        if shares[one.id] != one.points:
            changed.append(Reweighted(titles[one.id], one.points, shares[one.id]))
            _scale(document, places, one, shares[one.id])
    return document.text(), changed


def _scale(document: Document, places: Sequence[Place], place: Place, points: Decimal) -> None:
    node = document.spot(_steps(place)).node
    children = [one for one in places if one.parent == place.order]
    if node.get("points") is not None or not children:
        put(node, "points", points)
    if children and not place.indicator.aggregate:
        for child, share in _split(children, place.points, points):
            _scale(document, places, child, share)


def _split(children: Sequence[Place], old: Decimal, new: Decimal) -> list[tuple[Place, Decimal]]:
    shares = [(child.points * new / old).quantize(GRID, ROUND_DOWN) for child in children]
    place = max(range(len(children)), key=lambda n: children[n].points)
    shares[place] += new - sum(shares, Decimal(0))
    return list(zip(children, shares, strict=True))


def _steps(place: Place) -> tuple[int, ...]:
    return steps_of(".".join(str(step) for step in place.path if isinstance(step, int)))
