"""Suggestions while one types the name of a unit or a person."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from shuzhi.kernel.middleware import ActorRequest
from shuzhi.matters.forms.naming import Around

KINDS = ("units", "people")
LONGEST = 40


def names(request: ActorRequest, of: str) -> HttpResponse:
    """Answer the options of a field's list; the field's own value is what was typed."""
    if of not in KINDS:
        raise Http404
    if not request.actor.home_path:
        raise PermissionDenied
    field = request.headers.get("HX-Trigger-Name", "")
    typed = request.GET.get(field, "").strip()[:LONGEST]
    found = Around(request.actor).suggest(of, typed) if typed else []
    return render(request, "matters/_names.html", {"names": found})
