"""`/healthz`: may traffic be sent here; says no more than that to a stranger."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from shuzhi.web.health import database_answers
from shuzhi.web.heartbeat import alive


@login_not_required
@never_cache
@require_GET
def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers and the task worker lives, else 503."""
    found = {"database": database_answers(), "worker": alive()}
    return JsonResponse(found, status=200 if all(found.values()) else 503)
