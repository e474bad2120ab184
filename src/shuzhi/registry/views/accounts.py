"""Accounts: opened by the system administrator; temporary ones by who prepares a meeting."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from shuzhi.kernel.access import Permission
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, answers_refusals
from shuzhi.registry import services
from shuzhi.registry.forms import AccountForm, TemporaryForm
from shuzhi.registry.services.accounts import Opened

from .loading import load_person, load_unit

ACCOUNT = Permission.ACCOUNT_MANAGE


def _shown_once(request: ActorRequest, opened: Opened, back: str) -> HttpResponse:
    """Show the one-time password in the answer itself: it is stored nowhere."""
    return render(request, "registry/password.html", {"opened": opened, "back": back})


def _form(request: ActorRequest, form: Form, **context: Any) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "registry/form.html", context | {"form": form}, status=status)


@never_cache
def account_open(request: ActorRequest, person: str) -> HttpResponse:
    """Open an account for a person."""
    found = load_person(request, person, ACCOUNT)
    back = reverse("registry:person", args=[person])
    form = AccountForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            opened = services.create_account_for(
                actor=request.actor, person=found, **form.cleaned_data
            )
        except RefusedError as error:
            form.add_error(None, str(error.message))
        else:
            return _shown_once(request, opened, back)
    return _form(request, form, title=_("开通账号"), subject=found, back=back)


@never_cache
@require_POST
@answers_refusals
def account_reset(request: ActorRequest, person: str) -> HttpResponse:
    """Replace a forgotten password."""
    found = load_person(request, person, ACCOUNT)
    opened = services.reset_password(actor=request.actor, person=found)
    return _shown_once(request, opened, reverse("registry:person", args=[person]))


@require_POST
def account_disable(request: ActorRequest, person: str) -> HttpResponse:
    """Stop an account."""
    found = load_person(request, person, ACCOUNT)
    return act(
        request,
        lambda: services.disable_account(actor=request.actor, person=found),
        done=_("账号已停用。重置密码后可重新启用。"),
        to=reverse("registry:person", args=[person]),
    )


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


@never_cache
def temporary(request: ActorRequest, unit: str) -> HttpResponse:
    """Open an account for a teller or the desk that ends by itself."""
    found = load_unit(request, unit, Permission.GATHERING_PREPARE)
    back = reverse("registry:unit", args=[unit])
    form = TemporaryForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data | {"until": _end_of(form.cleaned_data["until"])}
        try:
            opened = services.create_temporary_account(actor=request.actor, unit=found, **data)
        except RefusedError as error:
            form.add_error(None, str(error.message))
        else:
            return _shown_once(request, opened, back)
    return _form(request, form, title=_("开通临时账号"), subject=found, back=back)
