"""Edit a draft and take its steps."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuzhi.bulletins import services
from shuzhi.bulletins.content import number_of
from shuzhi.bulletins.forms import BulletinForm, ReasonForm
from shuzhi.bulletins.models import Bulletin
from shuzhi.bulletins.workflow import BULLETIN
from shuzhi.kernel.access import Permission
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, act_on_form

from .loading import load_bulletin

DRAFT = Permission.BULLETIN_DRAFT


def _address(bulletin: Bulletin) -> str:
    return reverse("bulletins:detail", args=[bulletin.public_id])


def edit(request: ActorRequest, bulletin: str) -> HttpResponse:
    """Change the words of a draft."""
    row = load_bulletin(request, bulletin, DRAFT)
    seen = {"seen": row.words_digest}
    form = BulletinForm(request.POST or None, instance=row, initial=seen)
    return act_on_form(
        request,
        form,
        lambda data: services.edit_bulletin(
            row, form.changes(), actor=request.actor, seen=data["seen"]
        ),
        template="bulletins/edit.html",
        done=_("草稿已保存。"),
        to=_address(row),
        bulletin=row,
    )


@require_POST
def replace(request: ActorRequest, bulletin: str) -> HttpResponse:
    """Begin the bulletin that corrects an issued one."""
    row = load_bulletin(request, bulletin, DRAFT)
    return act(
        request,
        lambda: services.replace_bulletin(row, actor=request.actor),
        done=_("已按原文起草，改好后重新送审、审核、签发，签发时原通报同时撤回。"),
        to=_address,
    )


def _issue(row: Bulletin, request: ActorRequest) -> Bulletin:
    services.issue_bulletin(row, actor=request.actor)
    return services.file_documents(row, actor=request.actor)


PLAIN: dict[str, tuple[Callable[[Bulletin, ActorRequest], Bulletin], Callable[[Bulletin], str]]] = {
    "offer": (
        lambda row, request: services.offer_bulletin(row, actor=request.actor),
        lambda _row: _("已送审。"),
    ),
    "check": (
        lambda row, request: services.check_bulletin(row, actor=request.actor),
        lambda _row: _("审核通过，等待签发。"),
    ),
    "issue": (_issue, lambda row: _("已签发，编号 %s。") % number_of(row)),
    "discard": (
        lambda row, request: services.discard_bulletin(row, actor=request.actor),
        lambda _row: _("草稿已作废。"),
    ),
}
WITH_REASON: dict[str, Any] = {
    "return": services.return_bulletin,
    "withdraw": services.withdraw_bulletin,
}


def step(request: ActorRequest, bulletin: str, step: str) -> HttpResponse:
    """Take one step; those that need a reason ask for it on a page of their own."""
    if step in WITH_REASON:
        return _with_reason(request, load_bulletin(request, bulletin), step)
    if step not in PLAIN or request.method != "POST":
        raise Http404
    row = _load_for(request, bulletin, step)
    take, words = PLAIN[step]
    to = reverse("bulletins:list") if step == "discard" else _address(row)
    return act(request, lambda: take(row, request), done=lambda _done: words(row), to=to)


def _load_for(request: ActorRequest, public_id: str, step: str) -> Bulletin:
    row = load_bulletin(request, public_id)
    if not BULLETIN[step].permits(row, request.actor):
        raise PermissionDenied
    return row


def _with_reason(request: ActorRequest, row: Bulletin, step: str) -> HttpResponse:
    row = _load_for(request, row.public_id, step)
    return act_on_form(
        request,
        ReasonForm(request.POST or None),
        lambda data: WITH_REASON[step](row, data["reason"], actor=request.actor),
        template="bulletins/reason.html",
        done=_("已退回拟稿人。") if step == "return" else _("通报已撤回。"),
        to=_address(row),
        bulletin=row,
        step=BULLETIN[step],
    )
