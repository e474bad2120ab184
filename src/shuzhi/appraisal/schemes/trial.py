"""A scheme tried on last year's figures: totals, ranks and grades as they would have been."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from shuzhi.appraisal.computing import Row
from shuzhi.appraisal.derivation import carried
from shuzhi.appraisal.models import Derivation, Entrant, Review, ScoreRun
from shuzhi.appraisal.queries.results import current_run, results
from shuzhi.appraisal.view import SchemeView, view_of
from shuzhi.engine.scheme import Faults, Scheme, parse_scheme

from .figures import JOINT, LastYear, Rates, fitted
from .naming import named
from .rows import tables_of

TABLES = ("units", "values", "events", "vetoes")
MARKS = "data/ratings"
Mapped = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Standing:
    """One unit's total, rank and grade, and what each item earned of the total."""

    unit: str
    name: str
    total: Decimal | None
    rank: int | None
    grade: str
    earned: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Trial:
    """All units' standings; `faults` in words where the scheme cannot be tried."""

    standings: Mapping[str, Standing] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def _rates(run: ScoreRun) -> Rates:
    found: dict[tuple[str, str, str], tuple[str, int]] = {}
    rows: Any = Derivation.objects.filter(result__run=run)
    for unit, tree in rows.values_list("result__entrant__unit__code", "tree"):
        for step in tree["steps"]:
            for row in step.get("categories", ()):
                key = (unit, step["indicator"], row["category"])
                found[key] = (row["rate"], int(row["count"]))
    return found


@lru_cache(maxsize=4)
def _last_year(run_id: int, _digest: str) -> LastYear:
    run = ScoreRun.objects.select_related("archive", "review").get(pk=run_id)
    tables = tables_of(run, *(f"data/{name}" for name in TABLES))
    by_name = {name: tables[f"data/{name}"] for name in TABLES}
    entrants = Entrant.objects.filter(review=run.review)
    called: dict[str, str] = dict(entrants.values_list("unit__code", "unit__short_name"))
    by_name["units"] = [
        {**row, "name": called.get(row["unit"], row["name"])} for row in by_name["units"]
    ]
    units = [row["unit"] for row in by_name["units"]]
    return LastYear(
        parse_scheme(run.review.scheme_text),
        by_name,
        _rates(run),
        units,
        lambda: tables_of(run, MARKS)[MARKS],
        withheld=run.withholds_marks,
    )


def _standings(
    view: SchemeView, results: list[Row], nodes: list[Row], scheme: Scheme
) -> dict[str, Standing]:
    rates: dict[str, dict[str, str]] = {row["unit"]: {} for row in results}
    extra: dict[str, dict[str, Decimal]] = {row["unit"]: {} for row in results}
    bonuses = {place.id for place in scheme.bonuses}
    for row in nodes:
        if row["indicator"] in bonuses:
            extra[row["unit"]][row["indicator"]] = Decimal(row["points"] or 0)
        elif JOINT not in row["indicator"]:
            rates[row["unit"]][row["indicator"]] = row["rate"]
    return {
        row["unit"]: Standing(
            row["unit"],
            row["name"],
            Decimal(row["total"]) if row["total"] else None,
            int(row["rank"]) if row["rank"] else None,
            row["grade"],
            _earned(view, rates[row["unit"]]) | extra[row["unit"]],
        )
        for row in results
    }


def _earned(view: SchemeView, rates: Mapping[str, str]) -> dict[str, Decimal]:
    places = {place.id: place for place in view.scheme.places}
    found = {}
    for indicator, weight in carried(view, rates).items():
        rate = rates.get(indicator)
        stand_in = Decimal(places[indicator].indicator.na == "full")
        found[indicator] = weight * (Decimal(rate) if rate else stand_in)
    return found


@lru_cache(maxsize=8)
def _tried(run_id: int, digest: str, text: str, mapped: Mapped, _language: str) -> Trial:
    from shuzhi.engine.score import score  # brings the calculating libraries: only when needed

    try:
        view = view_of(text)
        fit = fitted(view.scheme, _last_year(run_id, digest), dict(mapped))
        outcome = score(fit.scheme, fit.tables, None, tables=("nodes",))
    except Faults as error:
        return Trial(faults=named(error.faults, text))
    rows = outcome.rows("results"), outcome.rows("nodes")
    return Trial(_standings(view, *rows, view.scheme), tuple(fit.notes))


def _told_earned(tree: Any) -> dict[str, Decimal]:
    """Return what each item earned, from a stored derivation."""
    found = {}
    for step in tree["steps"]:
        if "weight" in step:
            found[step["indicator"]] = Decimal(step["weight"]) * Decimal(step["counted"])
        elif "events" in step and step["points"]:
            found[step["indicator"]] = Decimal(step["points"])
    return found


def as_it_was(review: Review) -> Trial:
    """Return how units stood in a review, from what was stored: nothing is computed."""
    rows = Derivation.objects.filter(result__run__review=review, result__run__current=True)
    trees: dict[int, Any] = dict(rows.values_list("result_id", "tree"))
    return Trial(
        {
            row.entrant.unit.code: Standing(
                row.entrant.unit.code,
                row.entrant.unit.short_name,
                row.total,
                row.rank,
                row.computed_grade,
                _told_earned(trees[row.pk]) if row.pk in trees else {},
            )
            for row in results(review)
        }
    )


def try_scheme(
    text: str, review: Review, mapping: Mapping[str, str], language: str = "zh"
) -> Trial:
    """Return how units would have stood in `review` by another scheme; cached by what it reads.

    `language` is that of the notes. A scheme with faults gives a trial with those in words.
    """
    run = current_run(review)
    if run is None:
        return Trial()
    return _tried(run.pk, run.archive.sha256, text, tuple(sorted(mapping.items())), language)
