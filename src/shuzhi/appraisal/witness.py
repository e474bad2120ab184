"""What the proof log witnesses of a review: the scheme, the recount archive, every result."""

import json
from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import Derivation, Node, Result, Review, ScoreRun

WORDS = {
    "scheme": _("方案"),
    "result": _("考核结果"),
    "derivation": _("计分依据"),
    "run": _("复核数据"),
}
RESULT = (
    "total",
    "shown_total",
    "bonus",
    "rank",
    "status",
    "computed_grade",
    "decided_grade",
    "reason",
    "vetoes",
)
NODE = ("indicator", "rate", "points", "of", "status")


def _nodes(run: ScoreRun) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    rows = Node.objects.filter(result__run=run).order_by("result", "position")
    for result, *values in rows.values_list("result_id", *NODE):
        found.setdefault(result, []).append(values)
    return found


def witnessed(review: Review) -> dict[str, Any]:
    """Return the parts by name; a result is named by its unit's code."""
    parts: dict[str, Any] = {"scheme": review.scheme_text}
    run = review.runs.filter(current=True).first()
    if run is None:
        return parts
    nodes = _nodes(run)
    trees = dict(Derivation.objects.filter(result__run=run).values_list("result_id", "tree"))
    rows = Result.objects.filter(run=run).values_list("pk", "entrant__unit__code", *RESULT)
    for pk, code, *values in rows:
        parts[f"result {code}"] = [values, nodes.get(pk, [])]
        parts[f"derivation {code}"] = json.dumps(trees.get(pk), sort_keys=True)
    return parts | {"run": [run.number, run.manifest]}
