"""What the reader was told, day by day."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shuzhi.kernel.middleware import ActorRequest
from shuzhi.matters.queries.digests import DAYS, days


def digests(request: ActorRequest) -> HttpResponse:
    """Show today's digest and those of the last two weeks."""
    today = timezone.localdate()
    context = {"days": days(request.actor, today), "today": today, "back": DAYS}
    return render(request, "matters/digests.html", context)
