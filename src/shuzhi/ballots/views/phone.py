"""The rater's phone: no account, no cookie, nothing about the rater.

The page and its cards are the same for everybody, so they may be kept by the browser; the code
of a slip travels in the body of a request only. The language stands in the address (`?lang=en`):
a cookie would have to be set. These requests carry no cookie that could be
abused from elsewhere, so they need no CSRF token: the slip itself is the authority.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_cookie
from pydantic import BaseModel, ConfigDict, ValidationError

from shuzhi.ballots.box import normalise
from shuzhi.ballots.cards import cards_json
from shuzhi.ballots.glosses import glosses
from shuzhi.ballots.models import Poll
from shuzhi.ballots.queries import receipt_counted, receipts
from shuzhi.ballots.services import Ballot, SlipError, cast_ballot, check_slip, find_poll

STATUS = {"unknown": 404, "busy": 429, "invalid": 422}
LARGEST = 256 * 1024  # bytes of a request; the longest real ballot is a tenth of it
HOUR, YEAR = 3600, 31_536_000
M = TypeVar("M", bound=BaseModel)


class SlipIn(BaseModel):
    """A code, as scanned or typed."""

    model_config = ConfigDict(extra="forbid")
    code: str


class CastIn(SlipIn):
    """A code, the phone's nonce and the ballot."""

    nonce: str
    ballot: Ballot


def _read(request: HttpRequest, model: type[M]) -> M:
    try:
        if int(request.headers.get("Content-Length") or 0) > LARGEST:
            raise SlipError("invalid", _("提交的内容太大，请删去过长的意见后再试。"))
        return model.model_validate_json(request.body)
    except ValidationError as error:
        raise SlipError("invalid", _("页面数据不完整，请重新扫码打开。")) from error


def _answers(view: Callable[..., dict[str, Any]]) -> Callable[..., HttpResponse]:
    """Make a view of a function that returns JSON or raises `SlipError`."""

    @login_not_required
    @csrf_exempt
    @require_POST
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            body, status = view(request, *args, **kwargs), 200
        except SlipError as error:
            body = {"code": error.code, "message": str(error.message)}
            status = STATUS.get(error.code, 409)
        return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})

    return answered


def _cards_url(poll: Poll) -> str:
    return reverse("ballots:cards", args=[poll.public_id, poll.cards_digest])


@_answers
def slip(request: HttpRequest, public_id: str) -> dict[str, Any]:
    """Say what a slip is good for; changes nothing."""
    category = check_slip(public_id, _read(request, SlipIn).code)
    poll = get_object_or_404(Poll, public_id=public_id)
    return {"recuse": category.recuse, "category": category.title, "cards": _cards_url(poll)}


@_answers
def ballot(request: HttpRequest, public_id: str) -> dict[str, Any]:
    """Cast a ballot; the same request again gets the same receipt."""
    sent = _read(request, CastIn)
    return {"receipt": cast_ballot(public_id, sent.code, sent.nonce, sent.ballot)}


@_answers
def find(request: HttpRequest) -> dict[str, Any]:
    """Find the open poll to which a typed code belongs."""
    code = normalise(_read(request, SlipIn).code)
    page = reverse("ballots:phone", args=[find_poll(code)])
    return {"url": f"{page}?{urlencode({'lang': get_language()})}#{code}"}


@login_not_required
@require_GET
def enter(request: HttpRequest) -> HttpResponse:
    """Show the field for typing a code, where scanning does not work."""
    return render(request, "ballots/enter.html")


@login_not_required
@require_GET
@cache_control(private=True, max_age=HOUR)
@vary_on_cookie
def phone(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the rater's page: in a language the same bytes for every rater of a poll."""
    poll = get_object_or_404(Poll.objects.only("title", "public_id", "form"), public_id=public_id)
    context = {"poll": poll, "glosses": glosses(poll.parsed_form)}
    return render(request, "ballots/phone.html", context)


@login_not_required
@require_GET
@cache_control(public=True, max_age=YEAR, immutable=True)
def cards(_request: HttpRequest, public_id: str, digest: str) -> HttpResponse:
    """Return the frozen cards; their digest stands in the address."""
    poll = get_object_or_404(Poll, public_id=public_id)
    if not digest or digest != poll.cards_digest:
        raise Http404
    return HttpResponse(cards_json(poll), content_type="application/json")


@login_not_required
@require_GET
def check_receipt(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say whether a receipt is among the ballots that were counted in."""
    poll = get_object_or_404(Poll, public_id=public_id)
    code = normalise(request.GET.get("receipt", ""))[:16]
    context = {
        "poll": poll,
        "code": code,
        "counted": bool(code) and receipt_counted(poll, code),
        "receipts": receipts(poll),
    }
    return render(request, "ballots/receipts.html", context)
