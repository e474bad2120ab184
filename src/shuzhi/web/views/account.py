"""Log in, log out, change the password."""

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shuzhi.web.forms import PasswordForm

if TYPE_CHECKING:
    from shuzhi.kernel.models import Account


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if ours else resolve_url(settings.LOGIN_REDIRECT_URL)


@login_not_required
@never_cache
def login(request: HttpRequest) -> HttpResponse:
    """Let a person in with user name and password."""
    form = AuthenticationForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        auth.login(request, form.get_user())
        return redirect(_next(request))
    status = 422 if request.method == "POST" else 200
    return render(request, "web/login.html", {"form": form, "next": _next(request)}, status=status)


@login_not_required
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """End the session; its row is deleted, so a copied cookie is worth nothing."""
    auth.logout(request)
    messages.success(request, _("您已安全退出。"))
    return redirect("web:login")


@never_cache
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; other sessions of the account end."""
    form = PasswordForm(cast("Account", request.user), request.POST or None)
    if request.method == "POST" and form.is_valid():
        auth.update_session_auth_hash(request, form.save())
        messages.success(request, _("密码已更换,其他地方的登录已全部退出。"))
        return redirect("web:home")
    status = 422 if request.method == "POST" else 200
    return render(request, "web/password.html", {"form": form}, status=status)


password.before_password = True  # type: ignore[attr-defined]
