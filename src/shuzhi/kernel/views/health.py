"""The site's health, for the system administrator."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shuzhi.kernel.access import Permission
from shuzhi.kernel.health import health
from shuzhi.kernel.middleware import ActorRequest

from .guards import needs


@require_safe
@needs(Permission.SYSTEM_MANAGE)
def health_page(request: ActorRequest) -> HttpResponse:
    """Show what was looked at, and what must be done."""
    return render(request, "kernel/health.html", {"checks": list(health())})
