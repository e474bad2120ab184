"""Home is a work list; whoever oversees units sees beside it who is behind."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.scope import chosen_year
from shuzhi.kernel.standing import standings
from shuzhi.kernel.worklist import duties, grouped


@require_GET
def home(request: ActorRequest) -> HttpResponse:
    """Show what the person owes, overdue first, what others owe them, and who is behind and why."""
    groups = grouped(duties(request.actor), timezone.localdate())
    pictures = standings(request.actor, chosen_year(request))
    return render(request, "web/home.html", {"groups": groups, "standings": pictures})
