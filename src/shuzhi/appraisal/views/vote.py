"""The vote and the ranking looked at from outside: agreement, patterns, how firm ranks are."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from shuzhi.appraisal.policy import SCORED
from shuzhi.appraisal.queries import vote as queries
from shuzhi.appraisal.queries.results import current_run
from shuzhi.kernel.middleware import ActorRequest

from .loading import RESULT, load_review, rights


def _pair(request: ActorRequest, rows: list[queries.Firm]) -> dict[str, Any]:
    """Return the verdict on the two units that were asked about."""
    by_code = {row.code: row for row in rows}
    one, other = (by_code.get(request.GET.get(key, "")) for key in ("one", "other"))
    if one is None or other is None or one is other:
        return {}
    first, second = sorted((one, other), key=lambda row: row.rank)
    return {
        "first": first,
        "second": second,
        "tests": queries.distinguishable(first, second),
        "apart": queries.apart(first, second),
    }


def vote(request: ActorRequest, review: str) -> HttpResponse:
    """Show agreement, patterns and the ranking with its intervals."""
    found = load_review(request, review, RESULT)
    run = current_run(found)
    if found.state not in SCORED or run is None:
        raise Http404
    rows = queries.firmness(found, run)
    context = {
        "review": found,
        "agreement": queries.agreement(found, run),
        "whole": queries.patterns(found),
        "rows": rows,
        "drawn": queries.drawn(rows),
        "pair": _pair(request, rows),
        "chosen": {
            "one": request.GET.get("one", ""),
            "other": request.GET.get("other", rows[1].code if len(rows) > 1 else ""),
        },
        **rights(request, found),
    }
    return render(request, "appraisal/vote.html", context)
