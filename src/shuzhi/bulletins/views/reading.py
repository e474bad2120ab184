"""The list of bulletins, and one of them as a page to read."""

from django.http import HttpResponse
from django.shortcuts import render

from shuzhi.bulletins.page import page_of
from shuzhi.bulletins.queries import own_feedback, readable
from shuzhi.bulletins.tables import BULLETINS
from shuzhi.kernel.access import Permission
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.tables import render_list
from shuzhi.kernel.views.guards import needs

from .loading import load_bulletin


@needs(Permission.BULLETIN_VIEW)
def bulletin_list(request: ActorRequest) -> HttpResponse:
    """List what may be read; a reporter finds the own feedback above it."""
    return render_list(
        request,
        BULLETINS,
        readable(request.actor),
        template="bulletins/list.html",
        feedback=own_feedback(request.actor),
    )


def bulletin_page(request: ActorRequest, bulletin: str) -> HttpResponse:
    """Show one bulletin as a document, with its steps, files and proof."""
    row = load_bulletin(request, bulletin)
    return render(request, "bulletins/detail.html", {"page": page_of(row, request.actor)})
