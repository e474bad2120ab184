"""Home is a work list."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.worklist import duties, grouped


@require_GET
def home(request: ActorRequest) -> HttpResponse:
    """Show what the person owes, overdue first, and what others owe them."""
    groups = grouped(duties(request.actor), timezone.localdate())
    return render(request, "web/home.html", {"groups": groups})
