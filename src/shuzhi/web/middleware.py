"""What stands before every view: who may come in, in which language, how refusals are said."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, resolve_url
from django.utils import translation
from django.utils.cache import patch_vary_headers

from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.responses import refusal, where_from

Next = Callable[[HttpRequest], HttpResponse]
SEEN = "seen"


def language_middleware(get_response: Next) -> Next:
    """Speak Chinese unless the reader has switched: what the browser prefers is not asked.

    A switch is kept in a cookie; where none may be set, the address says it (`?lang=en`).
    """
    known = dict(settings.LANGUAGES)

    def middleware(request: HttpRequest) -> HttpResponse:
        choices = request.GET.get("lang"), request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = next((one for one in choices if one in known), settings.LANGUAGE_CODE)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        # One person's page is no other's: what lies between browser and us must not keep it.
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return middleware


def _to_login(request: HttpRequest) -> HttpResponse:
    """Send to the log-in page, and back afterwards to a page that can be read."""
    page = request.get_full_path() if request.method == "GET" else where_from(request)
    url = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': page})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"login": url}, status=401)
    return redirect(url)


class GateMiddleware:
    """Let in who is logged in; the rest only where a view says `login_not_required`.

    An initial password must be changed first. A session in use is renewed every few minutes, not
    at every request: on SQLite each renewal is a write.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        if not getattr(view, "login_required", True):
            return None
        if not request.user.is_authenticated:
            return _to_login(request)
        if request.user.must_change and not getattr(view, "before_password", False):
            return redirect("web:password")
        self._renew(request)
        return None

    def _renew(self, request: HttpRequest) -> None:
        now = int(time.time())
        if now - request.session.get(SEEN, 0) > settings.SESSION_RENEWAL:
            request.session[SEEN] = now


class RefusalMiddleware:
    """Answer a refusal that no view has answered with its own words instead of an error page."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return refusal(request, error) if isinstance(error, RefusedError) else None
