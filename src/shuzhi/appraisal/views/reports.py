"""Written reports: the list, reading, the editor with autosave, Word files."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shuzhi.appraisal.enums import ReportState, ReviewState
from shuzhi.appraisal.models import Entrant
from shuzhi.appraisal.queries import reports as queries
from shuzhi.appraisal.queries.problems import beside
from shuzhi.appraisal.queries.reports import report_rows
from shuzhi.appraisal.services import reports
from shuzhi.appraisal.tables import REPORTS
from shuzhi.appraisal.word import UPLOAD_LIMIT
from shuzhi.kernel.access import Permission, allows, require
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.files import read_bytes
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, answers_refusals, attachment
from shuzhi.kernel.tables import render_list
from shuzhi.kernel.typed import whole
from shuzhi.kernel.uploads import FileKind, accepts_upload, receive

from .loading import load_entrant, load_review

WRITABLE = (ReviewState.PREPARING, ReviewState.REPORTING)


def _url(review: str, entrant: str) -> str:
    return reverse("appraisal:report", args=[review, entrant])


@answers_refusals
def report_list(request: ActorRequest, review: str) -> HttpResponse:
    """List the reports with how far each is."""
    found = load_review(request, review)
    require(request.actor, Permission.REPORT_VIEW, found)
    rows = report_rows(found)
    return render_list(request, REPORTS, rows, template="appraisal/sublist.html", review=found)


def _may_write(request: ActorRequest, entrant: Entrant) -> bool:
    open_for_writing = entrant.review.state in WRITABLE
    return open_for_writing and allows(request.actor, Permission.REPORT_WRITE, entrant)


def report(request: ActorRequest, review: str, entrant: str) -> HttpResponse:
    """Show a report to read, or to its secretary the editor."""
    found = load_review(request, review)
    who = load_entrant(request, found, entrant)
    writes = _may_write(request, who)
    context = {
        "review": found,
        "entrant": who,
        "report": who.report,
        "sections": queries.sections(who.report),
        "frozen": queries.frozen_or_current(who.report),
        "problems": beside(queries.last_problems(who), request.actor),
        "missing": queries.missing_topics(who.report),
        "may_write": writes,
        "kept": queries.kept_texts(who.report) if writes else [],
        "copied": queries.copied_topics(who.report),
    }
    editing = writes and who.report.state == ReportState.DRAFT
    return render(request, "appraisal/editor.html" if editing else "appraisal/report.html", context)


@require_POST
def save(request: ActorRequest, review: str, entrant: str) -> HttpResponse:
    """Autosave one section; answers JSON to the editor."""
    who = load_entrant(request, load_review(request, review), entrant)
    base = whole(request.POST.get("base", ""))
    try:
        saved = reports.save_section(
            who.report,
            request.POST.get("topic", ""),
            request.POST.get("text", "").replace("\r\n", "\n"),
            base or 0,
            actor=request.actor,
        )
    except RefusedError as error:
        return JsonResponse({"message": str(error.message)}, status=422)
    answer = {"revision": saved.revision, "text": saved.text}
    return JsonResponse(answer, status=409 if saved.conflict else 200)


@accepts_upload(UPLOAD_LIMIT)
@require_POST
@answers_refusals
def upload(request: ActorRequest, review: str, entrant: str) -> HttpResponse:
    """Take a Word file in."""
    who = load_entrant(request, load_review(request, review), entrant)
    file = receive(request, "file", FileKind.WORD, limit=UPLOAD_LIMIT)
    return act(
        request,
        lambda: reports.upload_report(who.report, file.data, file.name, actor=request.actor),
        done=lambda reading: (
            _("已从 Word 文件识别出 %(count)d 个部分，请逐一核对。")
            % {"count": len(reading.sections)}
            if reading.sections
            else _("没有认出各部分的标题，全文放在页面下方，请分段复制到各部分。")
        ),
        to=_url(review, entrant),
    )


@answers_refusals
def download(request: ActorRequest, review: str, entrant: str) -> HttpResponse:
    """Hand out the Word file that was uploaded."""
    who = load_entrant(request, load_review(request, review), entrant)
    stored = who.report.upload
    if stored is None:
        raise RefusedError(_("没有上传过 Word 文件。"))
    return attachment(read_bytes(stored), stored.name, stored.media_type)


@require_POST
def submit(request: ActorRequest, review: str, entrant: str) -> HttpResponse:
    """Hand the report in."""
    who = load_entrant(request, load_review(request, review), entrant)
    return act(
        request,
        lambda: reports.submit_report(who.report, actor=request.actor),
        done=_("述职报告已提交。开会前还可以取回修改。"),
        to=_url(review, entrant),
    )


@require_POST
def reopen(request: ActorRequest, review: str, entrant: str) -> HttpResponse:
    """Take the report back."""
    who = load_entrant(request, load_review(request, review), entrant)
    return act(
        request,
        lambda: reports.reopen_report(who.report, actor=request.actor),
        done=_("报告已取回，改好后记得再提交。"),
        to=_url(review, entrant),
    )
