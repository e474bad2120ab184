"""Log in, log out, change the password."""

from math import ceil
from typing import TYPE_CHECKING, Any, cast

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from shuzhi.kernel.middleware import ActorRequest, actor_of_request
from shuzhi.web import services
from shuzhi.web.forms import LoginForm, PasswordForm

if TYPE_CHECKING:
    from shuzhi.kernel.models import Account


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if ours else resolve_url(settings.LOGIN_REDIRECT_URL)


def _login_page(request: HttpRequest, form: AuthenticationForm, status: int) -> HttpResponse:
    context = {"form": form, "next": _next(request), "idle": "idle" in request.GET}
    return render(request, "web/login.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Let a person in with user name and password."""
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(_next(request))
    form = LoginForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.log_in(request, form.get_user())
        return redirect(_next(request))
    return _login_page(request, form, 422 if request.method == "POST" else 200)


def locked_out(
    request: HttpRequest, _response: HttpResponse | None, credentials: dict[str, Any]
) -> HttpResponse:
    """Answer somebody who failed too often: how long to wait (called by django-axes)."""
    username = str(credentials.get("username", ""))
    services.note_lockout(username)
    last = AccessAttempt.objects.filter(username=username).order_by("-attempt_time").first()
    until = (last.attempt_time if last else timezone.now()) + get_cool_off(request)
    minutes = max(1, ceil((until - timezone.now()).total_seconds() / 60))
    form = LoginForm(request, {"username": username})
    form.errors.clear()
    form.add_error(None, _locked_words(minutes))
    response = _login_page(request, form, 429)
    response.headers["Retry-After"] = str(minutes * 60)
    return response


def _locked_words(minutes: int) -> str:
    return ngettext(
        "密码多次输错，为保护账号，请 %d 分钟后再试。忘记密码请找系统管理员重置。",
        "密码多次输错，为保护账号，请 %d 分钟后再试。忘记密码请找系统管理员重置。",
        minutes,
    ) % (minutes,)


@login_not_required
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session; after idling, the person comes back to the page where they were."""
    services.log_out(request, actor=actor_of_request(request))
    if "idle" in request.POST:
        query = urlencode({"next": _next(request), "idle": "1"})
        return redirect(f"{resolve_url(settings.LOGIN_URL)}?{query}")
    messages.success(request, _("您已安全退出。"))
    return redirect("web:login")


@never_cache
@require_http_methods(["GET", "POST"])
def password(request: ActorRequest) -> HttpResponse:
    """Change one's own password; other sessions of the account end."""
    form = PasswordForm(cast("Account", request.user), request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.change_password(request, form, actor=request.actor)
        messages.success(request, _("密码已更换，这个账号在其他地方的登录已全部退出。"))
        return redirect("web:home")
    status = 422 if request.method == "POST" else 200
    return render(request, "web/password.html", {"form": form}, status=status)


password.before_password = True  # type: ignore[attr-defined]
