"""Results beside last year's."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from shuzhi.appraisal.policy import SCORED
from shuzhi.appraisal.queries.yearly import yearly
from shuzhi.kernel.middleware import ActorRequest

from .loading import RESULT, load_review


def year_on_year(request: ActorRequest, review: str) -> HttpResponse:
    """Show this year's results beside last year's, item by item."""
    found = load_review(request, review, RESULT)
    if found.state not in SCORED:
        raise Http404
    return render(request, "appraisal/yearly.html", {"review": found, "years": yearly(found)})
