"""Printing and cancelling slips, paper forms handed out, merging small categories."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shuzhi.ballots import services
from shuzhi.ballots.forms import CodeForm, IssuedForm, MergeForm, RootForm, SlipsForm
from shuzhi.ballots.models import Poll
from shuzhi.ballots.prints import paper_form_pdf, slips_pdf
from shuzhi.ballots.schema import RaterCategory
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, answers_refusals

from .loading import MANAGE, category_of, load_poll


def _given(request: ActorRequest, form_class: type[Form]) -> dict[str, Any]:
    form = form_class(request.POST)
    if not form.is_valid():
        raise RefusedError(" ".join(f"{error}" for row in form.errors.values() for error in row))
    return form.cleaned_data


def _pdf(data: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(data, content_type="application/pdf", headers=headers)


def _sheet(poll: Poll, category: RaterCategory, codes: list[str], root: str) -> HttpResponse:
    return _pdf(slips_pdf(poll, category, codes, root), f"slips-{category.id}")


@require_POST
@answers_refusals
def print_slips(request: ActorRequest, public_id: str, category: str) -> HttpResponse:
    """Make new slips and answer with the sheet: the only time that their codes are seen."""
    poll = load_poll(request, public_id, MANAGE)
    row = category_of(poll, category)
    given = _given(request, SlipsForm)
    codes = services.issue_slips(
        actor=request.actor,
        poll=poll,
        category=row.id,
        count=given["count"],
        seen=given["seen"],
    )
    return _sheet(poll, row, codes, given["root"])


@require_POST
@answers_refusals
def reprint_slips(request: ActorRequest, public_id: str, category: str) -> HttpResponse:
    """Replace the unused slips of a category by new ones."""
    poll = load_poll(request, public_id, MANAGE)
    row = category_of(poll, category)
    given = _given(request, RootForm)
    codes = services.reissue_slips(
        actor=request.actor, poll=poll, category=row.id, seen=given["seen"]
    )
    return _sheet(poll, row, codes, given["root"])


@require_GET
def paper_form(request: ActorRequest, public_id: str, category: str) -> HttpResponse:
    """Answer with the blank paper form of a category."""
    poll = load_poll(request, public_id, MANAGE)
    return _pdf(paper_form_pdf(poll, category_of(poll, category)), f"form-{category}")


def _act(
    request: ActorRequest, poll: Poll, run: Callable[[], Any], done: str | Callable[[Any], str]
) -> HttpResponse:
    return act(request, run, done=done, to=reverse("ballots:poll", args=[poll.public_id]))


@require_POST
def cancel_slip(request: ActorRequest, public_id: str) -> HttpResponse:
    """Cancel one slip by its code."""
    poll = load_poll(request, public_id, MANAGE)

    def run() -> None:
        code = _given(request, CodeForm)["code"]
        services.cancel_slip(actor=request.actor, poll=poll, code=code)

    return _act(request, poll, run, _("这张票已经注销。"))


@require_POST
def cancel_unused(request: ActorRequest, public_id: str, category: str) -> HttpResponse:
    """Cancel all unused slips of a category."""
    poll = load_poll(request, public_id, MANAGE)
    row = category_of(poll, category)
    return _act(
        request,
        poll,
        lambda: services.cancel_unused(actor=request.actor, poll=poll, category=row.id),
        lambda count: _("注销了“%(title)s”未用的 %(n)d 张票。") % {"title": row.title, "n": count},
    )


@require_POST
def paper_issued(request: ActorRequest, public_id: str, category: str) -> HttpResponse:
    """State how many paper forms of a category were handed out."""
    poll = load_poll(request, public_id, MANAGE)
    row = category_of(poll, category)

    def run() -> None:
        count = _given(request, IssuedForm)["issued"]
        services.set_paper_issued(actor=request.actor, poll=poll, category=row.id, issued=count)

    return _act(request, poll, run, _("已经登记发出的纸质票张数。"))


@require_POST
def merge(request: ActorRequest, public_id: str, category: str) -> HttpResponse:
    """Merge a category into another."""
    poll = load_poll(request, public_id, MANAGE)
    row = category_of(poll, category)

    def run() -> None:
        into = _given(request, MergeForm)["into"]
        services.merge_categories(actor=request.actor, poll=poll, source=row.id, into=into)

    return _act(request, poll, run, _("两个类别已经合并，印好的票照常有效。"))
