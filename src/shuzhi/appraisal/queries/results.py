"""Results as stored: list, quotas, one unit's derivation, last year's rank."""

from collections import Counter
from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction  # noqa: TC003 (read at run time by annotations)
from typing import Any

from django.db.models import (
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.utils.translation import gettext as _

from shuzhi.appraisal.enums import ReviewState
from shuzhi.appraisal.models import Derivation, Entrant, Node, Result, Review, ScoreRun

from .scheme import scheme_of

SCORED = (ReviewState.SCORED, ReviewState.DECIDED, ReviewState.PUBLISHED)

ROUNDINGS = {"floor": ROUND_FLOOR, "round": ROUND_HALF_UP, "ceil": ROUND_CEILING}


def current_run(review: Review) -> ScoreRun | None:
    """Return the run that counts."""
    return review.runs.filter(current=True).select_related("archive").first()


def offers_recount(review: Review) -> bool:
    """Tell whether the package for a recount may be taken: scored, and no mark withheld."""
    run = current_run(review) if review.state in SCORED else None
    return run is not None and not run.withholds_marks


def results(review: Review) -> QuerySet[Result]:
    """Return the stored results with unit and person, best rank first; one query."""
    rows = Result.objects.filter(run__review=review, run__current=True)
    return rows.select_related("entrant__unit", "entrant__person", "entrant__review").defer(
        *(f"entrant__review__{name}" for name in ("scheme_text", "topics", "templates"))
    )


def result_rows(review: Review) -> QuerySet[Any]:
    """Return the results as the list shows them, with last year's rank; one query."""
    last = last_review(review)
    before = Result.objects.filter(
        run__review=last, run__current=True, entrant__unit=OuterRef("entrant__unit")
    )
    rank = Subquery(before.values("rank")[:1]) if last else Value(None, IntegerField())
    return results(review).annotate(last_rank=rank)


def reviews_with_results(whole: Q, own: Q) -> QuerySet[Review]:
    """Return reviews whose results the reader may see: whole lists, or the own unit's, published.

    Where the reader's own unit reports, `own_entrant` is its public id.
    """
    mine = Entrant.objects.filter(own, review=OuterRef("pk"))
    published = Q(state=ReviewState.PUBLISHED) & Exists(mine)
    return (
        Review.objects.filter((whole & Q(state__in=SCORED)) | published)
        .annotate(
            own_entrant=Subquery(mine.values("public_id")[:1]),
        )
        .select_related("unit")
    )


def grade_counts(review: Review) -> list[tuple[str, int]]:
    """Return how many units have each decided grade, best grade first."""
    counts = Counter(results(review).values_list("decided_grade", flat=True))
    return [(grade, counts[grade]) for grade in scheme_of(review).grades]


def result_of(entrant: Entrant) -> Result | None:
    """Return the entrant's current result."""
    return results(entrant.review).filter(entrant=entrant).first()


def derivation_of(result: Result) -> Any:
    """Return how the result came about, as stored when it was computed."""
    found = Derivation.objects.filter(result=result).first()
    return found.tree if found else None


def rates(review: Review) -> dict[int, dict[str, Decimal | None]]:
    """Return the rate of every indicator by result; one query, no objects."""
    found: dict[int, dict[str, Decimal | None]] = {}
    rows = Node.objects.filter(result__run__review=review, result__run__current=True)
    for result, indicator, rate in rows.order_by().values_list("result", "indicator", "rate"):
        found.setdefault(result, {})[indicator] = rate
    return found


def _allowed(quota: Any, ranked: int) -> int:
    if quota.count is not None:
        return int(quota.count)
    share: Fraction = quota.share
    exact = Decimal(share.numerator * ranked) / Decimal(share.denominator)
    return int(exact.to_integral_value(ROUNDINGS[quota.round]))


def quota_faults(review: Review, counts: Mapping[str, int]) -> list[str]:
    """Return a sentence for every grade that more units have than the scheme allows.

    Counted over all ranked units of the review; `counts` is by decided grade.
    """
    ranked = results(review).filter(rank__isnull=False).count()
    found = []
    for grade, quota in scheme_of(review).quotas.items():
        allowed = _allowed(quota, ranked)
        if counts.get(grade, 0) > allowed:
            found.append(
                _("“%(grade)s”最多 %(allowed)d 个，现有 %(count)d 个。")
                % {"grade": grade, "allowed": allowed, "count": counts[grade]}
            )
    return found


def quotas(review: Review) -> dict[str, int]:
    """Return how many units may have each limited grade."""
    ranked = results(review).filter(rank__isnull=False).count()
    return {grade: _allowed(q, ranked) for grade, q in scheme_of(review).quotas.items()}


def last_review(review: Review) -> Review | None:
    """Return the same organiser's latest earlier review that was published."""
    earlier = Review.objects.filter(
        unit=review.unit_id, year__lt=review.year, state=ReviewState.PUBLISHED
    )
    return earlier.order_by("-year").first()
