"""The grid of routine figures: what is entered, what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from shuzhi.appraisal.enums import Exemption
from shuzhi.appraisal.figures import NOT_APPLICABLE
from shuzhi.appraisal.models import Entrant, Figure, Happening, Review, Veto
from shuzhi.appraisal.view import TARGET, Leaf

from .scheme import scheme_of


@dataclass(frozen=True)
class GridRow:
    """One unit's texts in the order of the leaves."""

    entrant: Entrant
    texts: list[str]


def _entered(review: Review) -> dict[int, dict[str, Figure]]:
    rows: dict[int, dict[str, Figure]] = {}
    for figure in Figure.objects.filter(entrant__review=review):
        rows.setdefault(figure.entrant_id, {})[figure.indicator] = figure
    return rows


def grid(review: Review) -> tuple[list[Leaf], list[GridRow]]:
    """Return the columns and the rows of the figures' grid, in three queries."""
    leaves = scheme_of(review).figure_columns
    entered = _entered(review)
    rows = [
        GridRow(entrant, [_text(entered.get(entrant.pk, {}), leaf) for leaf in leaves])
        for entrant in review.entrants.select_related("unit", "person")
    ]
    return leaves, rows


def _text(entered: Mapping[str, Figure], column: Leaf) -> str:
    """Return what stands in a column of the grid: a figure, or a unit's own target."""
    figure = entered.get(column.id.removesuffix(TARGET))
    if column.kind == "target":
        return figure.target if figure else ""
    return _shown(figure)


def _shown(figure: Figure | None) -> str:
    return "" if figure is None else figure.source or figure.value


def missing_figures(review: Review) -> dict[str, list[str]]:
    """Return, by unit code, the titles of figures that scoring would stop for."""
    leaves = [leaf for leaf in scheme_of(review).scheme.scored if leaf.indicator.missing is None]
    needed = {leaf.id for leaf in leaves}
    columns = sorted(scheme_of(review).figure_columns, key=lambda column: column.id)
    asked = [column for column in columns if column.id.removesuffix(TARGET) in needed]
    entered = _entered(review)
    lacking = {
        entrant.unit.code: [
            column.title for column in asked if _lacks(entered.get(entrant.pk, {}), column)
        ]
        for entrant in review.entrants.select_related("unit").exclude(exemption=Exemption.RATING)
    }
    return {code: titles for code, titles in lacking.items() if titles}


def _lacks(entered: Mapping[str, Figure], column: Leaf) -> bool:
    """Tell whether scoring would stop for what does not stand in a column."""
    figure = entered.get(column.id.removesuffix(TARGET))
    if column.kind == "target":  # what does not apply needs none
        return figure is not None and not figure.target and figure.value != NOT_APPLICABLE
    return figure is None


def facts_by_entrant(
    review: Review, entrants: Sequence[Entrant]
) -> dict[int, list[dict[str, str]]]:
    """Return each reporter's figures as the raters see them: label and value."""
    leaves = scheme_of(review).figure_leaves
    entered = _entered(review)
    return {
        entrant.pk: [
            {"label": leaf.title, "value": _shown(entered[entrant.pk][leaf.id])}
            for leaf in leaves
            if leaf.id in entered.get(entrant.pk, {})
        ]
        for entrant in entrants
    }


def happenings(review: Review) -> list[Happening]:
    """Return the review's bonuses and deductions."""
    return list(Happening.objects.filter(entrant__review=review).select_related("entrant__unit"))


@dataclass(frozen=True)
class VetoRow:
    """A veto with the scheme's words for it."""

    pk: int
    entrant: Entrant
    title: str
    basis: str


def vetoes(review: Review) -> list[VetoRow]:
    """Return the vetoes that apply."""
    titles = scheme_of(review).vetoes
    rows = Veto.objects.filter(entrant__review=review).select_related("entrant__unit")
    return [VetoRow(r.pk, r.entrant, titles.get(r.veto, r.veto), r.basis) for r in rows]


def figure_rows(review: Review) -> QuerySet[Figure]:
    """Return every figure with its unit and who entered it; one query."""
    rows = Figure.objects.filter(entrant__review=review)
    return rows.select_related("entrant__unit", "entered_by")
