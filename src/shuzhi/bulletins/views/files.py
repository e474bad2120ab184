"""The files of a bulletin: printed ones, the chart, the sealed copy."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from shuzhi.bulletins import services
from shuzhi.bulletins.enums import FileKind
from shuzhi.bulletins.models import Bulletin
from shuzhi.bulletins.page import content_of, sees_figures
from shuzhi.bulletins.papers.notice import rank_spec
from shuzhi.bulletins.services.filing import FORMATS, file_name, render
from shuzhi.kernel.access import Permission
from shuzhi.kernel.documents.chart import to_svg
from shuzhi.kernel.files import read_bytes
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.responses import act, answers_refusals, attachment
from shuzhi.kernel.uploads import MEDIA_TYPES, accepts_upload, receive
from shuzhi.kernel.uploads import FileKind as Format

from .loading import load_bulletin

SEALED_LIMIT = 20 * 1024 * 1024


@answers_refusals
def file(request: ActorRequest, bulletin: str, kind: str) -> HttpResponse:
    """Hand out a file: of an issued bulletin the kept one, of a draft one that says so."""
    row = load_bulletin(request, bulletin)
    if kind not in FileKind.values:
        raise Http404
    if kind == FileKind.EXCEL and not sees_figures(row, request.actor):
        raise PermissionDenied
    if row.content is None:
        return _draft(row, FileKind(kind))
    stored = getattr(services.file_documents(row), kind)
    if stored is None:
        raise Http404
    return attachment(read_bytes(stored), stored.name, stored.media_type)


def _draft(row: Bulletin, kind: FileKind) -> HttpResponse:
    content = content_of(row)
    files = render(content)
    if kind not in files:
        raise Http404
    name = _("草稿-%s") % file_name(content, kind)
    return attachment(files[kind], name, MEDIA_TYPES[FORMATS[kind]])


def chart(request: ActorRequest, bulletin: str) -> HttpResponse:
    """Show the ranks with their uncertainty."""
    content = content_of(load_bulletin(request, bulletin))
    return HttpResponse(to_svg(rank_spec(content.facts)), content_type="image/svg+xml")


@accepts_upload(SEALED_LIMIT)
def seal(request: ActorRequest, bulletin: str) -> HttpResponse:
    """Take the signed and sealed copy, Word or PDF."""
    row = load_bulletin(request, bulletin, Permission.BULLETIN_DRAFT)
    if request.method != "POST":
        raise Http404

    def keep() -> Bulletin:
        received = receive(request, "file", Format.WORD, Format.PDF, limit=SEALED_LIMIT)
        return services.seal_bulletin(row, received, actor=request.actor)

    to = reverse("bulletins:detail", args=[bulletin])
    return act(request, keep, done=_("盖章件已存档，与生成的文件并列保存。"), to=to)
