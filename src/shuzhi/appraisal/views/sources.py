"""Where every figure comes from: the value, the text as given, who confirmed it and when."""

from django.http import HttpResponse

from shuzhi.appraisal.policy import require_sound
from shuzhi.appraisal.queries.figures import figure_rows
from shuzhi.appraisal.tables_schemes import figure_sources
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import answers_refusals
from shuzhi.kernel.tables import render_list

from .loading import RESULT, load_review


@answers_refusals
def sources(request: ActorRequest, review: str) -> HttpResponse:
    """List the figures of a review with their origin."""
    found = load_review(request, review, RESULT)
    require_sound(found)
    return render_list(
        request,
        figure_sources(found),
        figure_rows(found),
        template="appraisal/sublist.html",
        review=found,
    )
