"""The files of an issued bulletin: printed from its content, and the sealed copy beside them."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuzhi.bulletins.content import Content, frozen_content
from shuzhi.bulletins.enums import BulletinState, FileKind
from shuzhi.bulletins.models import Bulletin
from shuzhi.bulletins.papers.workbook import results_workbook
from shuzhi.kernel.access import SYSTEM, Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.documents.pdf import write_pdf
from shuzhi.kernel.documents.word import write_word
from shuzhi.kernel.errors import StateError
from shuzhi.kernel.files import store_bytes
from shuzhi.kernel.uploads import MEDIA_TYPES, Received
from shuzhi.kernel.uploads import FileKind as Format
from shuzhi.kernel.writes import verb

FORMATS = {FileKind.WORD: Format.WORD, FileKind.PDF: Format.PDF, FileKind.EXCEL: Format.EXCEL}
ENDINGS = {FileKind.WORD: "docx", FileKind.PDF: "pdf", FileKind.EXCEL: "xlsx"}


def render(content: Content) -> dict[FileKind, bytes]:
    """Return the files of a content; the same content gives the same bytes."""
    paper, proof = content.paper(), content.frame.proof
    found = {FileKind.WORD: write_word(paper)}
    if proof:
        found[FileKind.PDF] = write_pdf(paper, at=proof.signed_at)
        found[FileKind.EXCEL] = results_workbook(content.facts, proof)
    else:
        found[FileKind.PDF] = write_pdf(paper)
    return found


def file_name(content: Content, kind: FileKind) -> str:
    """Return the name under which a file is handed out."""
    return f"{content.frame.number}{content.text.title}.{ENDINGS[kind]}"


def file_documents(bulletin: Bulletin, *, actor: Actor = SYSTEM) -> Bulletin:
    """Print and keep the files of an issued bulletin, once; later calls change nothing."""
    content = frozen_content(bulletin)
    if content is None:
        raise StateError(_("签发以后才有正式文件。"))
    return bulletin if bulletin.word_id else _file(bulletin, content, render(content), actor)


@verb
def _file(
    bulletin: Bulletin, content: Content, files: dict[FileKind, bytes], actor: Actor
) -> Bulletin:
    locked = Bulletin.objects.select_for_update().get(pk=bulletin.pk)
    if locked.word_id:
        return locked
    for kind, data in files.items():
        media = MEDIA_TYPES[FORMATS[kind]]
        stored = store_bytes(data, file_name(content, kind), media, actor=actor)
        setattr(locked, kind.value, stored)
    locked.save(update_fields=[kind.value for kind in files])
    digests = {kind.value: getattr(locked, kind.value).sha256 for kind in files}
    record("bulletin.filed", locked, actor=actor, after=digests)
    return locked


@verb
def seal_bulletin(bulletin: Bulletin, received: Received, *, actor: Actor) -> Bulletin:
    """Keep the signed and sealed copy beside the printed one; both digests are on record."""
    require(actor, Permission.BULLETIN_DRAFT, bulletin)
    locked = Bulletin.objects.select_for_update().get(pk=bulletin.pk)
    if locked.state != BulletinState.ISSUED:
        raise StateError(_("通报印发以后才能上传盖章件。"))
    before = {"sealed": locked.sealed.sha256} if locked.sealed else {}
    locked.sealed = store_bytes(received.data, received.name, received.media_type, actor=actor)
    locked.sealed_by_id, locked.sealed_at = actor.account_id, timezone.now()
    locked.save(update_fields=["sealed", "sealed_by", "sealed_at"])
    printed = {"printed": locked.word.sha256} if locked.word else {}
    after = {"sealed": locked.sealed.sha256} | printed
    record("bulletin.seal", locked, actor=actor, before=before, after=after)
    return locked
