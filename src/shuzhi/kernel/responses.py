"""How a view answers a verb: what happened and where to go on, or what was refused and why."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme

from .errors import FaultsError, ForbiddenError, RefusedError
from .seen import SeenForm, StaleError

Words = str | Promise
View = Callable[..., HttpResponse]


def where_from(request: HttpRequest, otherwise: str = "/") -> str:
    """Return the page of ours on which the person pressed the button."""
    referer = request.headers.get("referer", "")
    ours = url_has_allowed_host_and_scheme(referer, {request.get_host()}, request.is_secure())
    return referer if ours else otherwise


def refusal(request: HttpRequest, error: RefusedError) -> HttpResponse:
    """Say what was refused: a list of faults as a page, anything else where the person was."""
    if isinstance(error, ForbiddenError):
        raise PermissionDenied(error.message) from error
    if isinstance(error, FaultsError):
        context = {"faults": error.faults, "back": where_from(request)}
        return render(request, "kernel/faults.html", context, status=422)
    if request.method != "POST":
        return render(request, "kernel/refused.html", {"message": error.message}, status=409)
    messages.error(request, str(error.message))
    return redirect(where_from(request))


def answers_refusals(view: View) -> View:
    """Turn a verb's refusal inside `view` into words on the page where the person was."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except RefusedError as error:
            return refusal(request, error)

    return answered


def act(
    request: HttpRequest,
    function: Callable[[], Any],
    *,
    done: Words | Callable[[Any], Words],
    to: str | Callable[[Any], str],
) -> HttpResponse:
    """Run a verb; say what happened and go `to` (both may be made from the verb's result).

    An empty `done` says nothing, where the page itself shows what happened.
    """
    try:
        result = function()
    except RefusedError as error:
        return refusal(request, error)
    return _done(request, result, done, to)


def act_on_form(
    request: HttpRequest,
    form: BaseForm,
    function: Callable[[dict[str, Any]], Any],
    *,
    template: str,
    done: Words | Callable[[Any], Words],
    to: str | Callable[[Any], str],
    **context: Any,
) -> HttpResponse:
    """Show a form; on POST run a verb with its data.

    What was typed stays on the page when the form or the verb refuses it (status 422).
    """
    page = context | {"form": form}
    if request.method != "POST":
        return render(request, template, page)
    if form.is_valid():
        try:
            result = function(form.cleaned_data)
        except RefusedError as error:
            for message in _messages(error):
                form.add_error(None, message)
            if isinstance(error, StaleError) and isinstance(form, SeenForm):
                form.look_again(error)
        else:
            return _done(request, result, done, to)
    return render(request, template, page, status=422)


def attachment(data: bytes, name: str, media_type: str) -> HttpResponse:
    """Return a file to keep, under a name in the reader's language; never shown in the page."""
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _done(
    request: HttpRequest,
    result: Any,
    done: Words | Callable[[Any], Words],
    to: str | Callable[[Any], str],
) -> HttpResponse:
    if words := str(done(result) if callable(done) else done):
        messages.success(request, words)
    return redirect(to(result) if callable(to) else to)


def _messages(error: RefusedError) -> list[str]:
    if isinstance(error, FaultsError):
        return [str(fault) for fault in error.faults]
    return [str(error.message)]
