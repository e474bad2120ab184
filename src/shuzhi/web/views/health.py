"""Is all well: in two words for a load balancer, in sentences for the system administrator."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shuzhi.kernel.access import Permission
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.web.health import database_answers, findings
from shuzhi.web.heartbeat import alive


@login_not_required
@never_cache
@require_GET
def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers and the task worker lives, else 503."""
    found = {"database": database_answers(), "worker": alive()}
    return JsonResponse(found, status=200 if all(found.values()) else 503)


@require_GET
def status(request: ActorRequest) -> HttpResponse:
    """Show the system administrator what is in order and what to do."""
    if not request.actor.has(Permission.SYSTEM_MANAGE):
        raise PermissionDenied
    return render(request, "web/status.html", {"findings": list(findings())})
