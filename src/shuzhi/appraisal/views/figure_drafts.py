"""Routine figures from Excel: upload, preview, confirmation."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuzhi.appraisal.models import FigureDraft
from shuzhi.appraisal.policy import require_sound
from shuzhi.appraisal.services import figure_drafts as verbs
from shuzhi.appraisal.sheets import read_figures
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, answers_refusals
from shuzhi.kernel.sheets import Limits
from shuzhi.kernel.uploads import FileKind, accepts_upload, receive

from .loading import MANAGE, load_review


@accepts_upload(Limits().size)
@require_POST
@answers_refusals
def upload(request: ActorRequest, review: str) -> HttpResponse:
    """Keep a filled-in grid for its preview; nothing is written yet."""
    found = load_review(request, review, MANAGE)
    require_sound(found)
    file = receive(request, "file", FileKind.EXCEL, FileKind.CSV, limit=Limits().size)
    rows = read_figures(found, file.data)
    draft = verbs.keep_draft(found, file.name, rows, actor=request.actor)
    return redirect("appraisal:figures-preview", review, draft.public_id)


@answers_refusals
def preview(request: ActorRequest, review: str, upload: str) -> HttpResponse:
    """Show what a sheet would change; on POST write it. Other people's do not exist here."""
    found = load_review(request, review, MANAGE)
    require_sound(found)
    drafts = FigureDraft.objects.filter(review=found, account=request.user.pk)
    draft = get_object_or_404(drafts, public_id=upload)
    if request.method != "POST":
        plan = verbs.plan_of(found, verbs.rows_of(draft))
        context = {"review": found, "draft": draft, "plan": plan}
        return render(request, "appraisal/figures_preview.html", context)
    return act(
        request,
        lambda: verbs.apply_draft(draft, request.POST.get("seen"), actor=request.actor),
        done=lambda count: _("已从表格读入，改动 %(count)d 格。") % {"count": count},
        to=reverse("appraisal:figures", args=[review]),
    )
