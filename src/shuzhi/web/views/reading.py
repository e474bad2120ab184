"""How a reader likes to read: year, unit, large type, language; and that they are still here."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import where_from
from shuzhi.kernel.scope import choose_unit, choose_year
from shuzhi.web.context import LARGE_TYPE_COOKIE

YEAR_SECONDS = 365 * 24 * 3600
language = login_not_required(set_language)


@login_not_required
@require_POST
def large_type(request: HttpRequest) -> HttpResponse:
    """Turn large type on or off, and return to the page."""
    response = redirect(where_from(request))
    wanted = "0" if request.COOKIES.get(LARGE_TYPE_COOKIE) == "1" else "1"
    response.set_cookie(LARGE_TYPE_COOKIE, wanted, max_age=YEAR_SECONDS, samesite="Lax")
    return response


@require_POST
def year(request: HttpRequest) -> HttpResponse:
    """Work in another year from now on."""
    chosen = request.POST.get("year", "")
    if chosen.isascii() and chosen.isdigit() and len(chosen) == len("2026"):
        choose_year(request, int(chosen))
    return redirect(where_from(request))


@require_POST
def unit(request: ActorRequest) -> HttpResponse:
    """Work at one of the own units, or at all: from home, since the page may be another unit's."""
    chosen = request.POST.get("unit", "")
    if not chosen or chosen in request.actor.places:
        choose_unit(request, chosen)
    return redirect("web:home")


@require_POST
def alive(_request: HttpRequest) -> HttpResponse:
    """Renew the session of somebody who answered the idle warning."""
    return HttpResponse(status=204)
