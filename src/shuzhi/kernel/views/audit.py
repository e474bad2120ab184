"""The audit log and its proof, for the audit administrator alone."""

import json
from dataclasses import asdict

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shuzhi.kernel.access import Permission, load, visible
from shuzhi.kernel.audit.exporting import export_lines
from shuzhi.kernel.audit.kinds import event_link, kind_text, subject_words
from shuzhi.kernel.audit.log import prove_inclusion
from shuzhi.kernel.jobs import start_job, verifying
from shuzhi.kernel.lists import AUDIT, HEADS, audited, heads
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.models import AuditEvent
from shuzhi.kernel.tables import render_list

from .guards import needs

VIEW = Permission.AUDIT_VIEW


@require_safe
@needs(VIEW)
def event_list(request: ActorRequest) -> HttpResponse:
    """List what happened, by whom, to what."""
    rows = AuditEvent.objects.filter(visible(request.actor, VIEW, AuditEvent))
    return render_list(request, AUDIT, audited(rows))


def _load(request: ActorRequest, event: str) -> AuditEvent:
    rows = AuditEvent.objects.select_related("actor")
    return load(rows, request.actor, VIEW, VIEW, public_id=event)


@require_safe
@needs(VIEW)
def event_page(request: ActorRequest, event: str) -> HttpResponse:
    """Show one event: what changed, and where it stands in the log."""
    found = _load(request, event)
    link = event_link(found.kind, found.subject_id)
    about = subject_words(found.subject_type, found.subject_id)
    context = {"event": found, "words": kind_text(found.kind), "about": about, "link": link}
    return render(request, "kernel/event.html", context)


@require_safe
@needs(VIEW)
def event_proof(request: ActorRequest, event: str) -> HttpResponse:
    """Hand out the proof that the event is in the log, as a file."""
    found = prove_inclusion(_load(request, event))
    return HttpResponse(
        json.dumps(asdict(found), ensure_ascii=False, indent=2, default=str),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="proof-{found.position}.json"'},
    )


@require_safe
@needs(VIEW)
def log_page(request: ActorRequest) -> HttpResponse:
    """List the signed heads; from here the whole log is verified or exported."""
    return render_list(request, HEADS, heads(), template="kernel/log.html")


@require_POST
@needs(VIEW)
def log_verify(request: ActorRequest) -> HttpResponse:
    """Start to verify the whole log."""
    job = start_job(verifying.KIND, _("核验存证日志"), actor=request.actor)
    return redirect("kernel:job", job.public_id)


@require_safe
@needs(VIEW)
def log_export(_request: ActorRequest) -> StreamingHttpResponse:
    """Hand out the log as a file that others verify without the database."""
    return StreamingHttpResponse(
        (f"{line}\n" for line in export_lines()),
        content_type="application/jsonl; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="log.jsonl"'},
    )
