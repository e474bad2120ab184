"""Excel out and in: template, upload, preview with cells to correct, confirmation."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, answers_refusals, attachment
from shuzhi.kernel.uploads import MEDIA_TYPES, FileKind, accepts_upload, receive
from shuzhi.kernel.views.guards import needs
from shuzhi.registry import services
from shuzhi.registry.exchange import Plan, plan_of, read_upload, workbook
from shuzhi.registry.models import ImportDraft
from shuzhi.registry.preview import Preview, corrections

from .loading import MANAGE


def _draft(request: ActorRequest, draft: str) -> ImportDraft:
    """Return the actor's own draft; other people's do not exist for them."""
    rows = ImportDraft.objects.filter(account=request.user.pk)
    return get_object_or_404(rows, public_id=draft)


@accepts_upload()
@needs(MANAGE)
@answers_refusals
def import_page(request: ActorRequest) -> HttpResponse:
    """Offer the workbook, and take a filled one."""
    if request.method != "POST":
        return render(request, "registry/import.html")
    upload = receive(request, "file", FileKind.EXCEL, FileKind.CSV)
    draft = services.keep_draft(actor=request.actor, name=upload.name, rows=read_upload(upload))
    return redirect("registry:import-preview", draft.public_id)


@require_GET
@needs(MANAGE)
def export(request: ActorRequest, content: str) -> HttpResponse:
    """Hand out the workbook, empty as a template or filled with what stands."""
    filled = content == "all"
    name = _("组织与人员") if filled else _("组织与人员导入模板")
    day = f"-{timezone.localdate():%Y%m%d}" if filled else ""
    data = workbook(request.actor, filled=filled)
    return attachment(data, f"{name}{day}.xlsx", MEDIA_TYPES[FileKind.EXCEL])


@answers_refusals
def import_preview(request: ActorRequest, draft: str) -> HttpResponse:
    """Show what an upload would do; corrected cells are kept and looked at again."""
    found = _draft(request, draft)
    if request.method == "POST":
        cells = corrections(request.POST)
        services.correct_draft(actor=request.actor, draft=found, cells=cells)
        return redirect("registry:import-preview", draft)
    preview = Preview.of(plan_of(found.rows, request.actor))
    context = {"draft": found, "preview": preview}
    return render(request, "registry/preview.html", context)


def _written(plan: Plan) -> str:
    return _("已写入 %(n)d 处变化。") % {"n": plan.changes}


@require_POST
def import_apply(request: ActorRequest, draft: str) -> HttpResponse:
    """Write a draft, whole or not at all."""
    found = _draft(request, draft)
    return act(
        request,
        lambda: services.apply_draft(actor=request.actor, draft=found),
        done=_written,
        to=reverse("registry:units"),
    )
