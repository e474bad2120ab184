"""Write a report: start it, autosave it, take in a Word file, submit, freeze."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

import rfc8785
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.enums import ReportState, ReviewState
from shuzhi.appraisal.models import Entrant, Report, ReportRevision, ReportSection
from shuzhi.appraisal.queries.reports import missing_topics, sections_of
from shuzhi.appraisal.word import Reading, read_report
from shuzhi.appraisal.workflow import REPORT
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import RefusedError, StateError
from shuzhi.kernel.files import store_bytes
from shuzhi.kernel.language import listed
from shuzhi.kernel.period import require_open
from shuzhi.kernel.uploads import MEDIA_TYPES, FileKind
from shuzhi.kernel.workflow import perform
from shuzhi.kernel.writes import verb

SECTION_LIMIT = 20_000  # characters
KEEP_AFTER = timedelta(minutes=10)  # a text that stood this long is kept when replaced
KEEP_WHEN_SHORTER_BY = 30  # characters
FINAL = _("会议已经开始，述职报告已定稿，不能再改。")


@dataclass(frozen=True)
class Saved:
    """What an autosave came to; on a conflict `text` is what stands on the server."""

    revision: int
    conflict: bool
    text: str


def _writable(report: Report, actor: Actor) -> None:
    require(actor, Permission.REPORT_WRITE, report)
    require_open(report.entrant.review.year)
    if report.entrant.review.state not in {ReviewState.PREPARING, ReviewState.REPORTING}:
        raise StateError(FINAL)
    if report.state == ReportState.SUBMITTED:
        raise StateError(_("报告已提交。要修改，请先点“取回修改”。"))


@verb
def start_report(entrant: Entrant, *, actor: Actor) -> Report:
    """Return the entrant's report, begun if there is none."""
    require(actor, Permission.REPORT_VIEW, entrant)
    report, _created = Report.objects.get_or_create(entrant=entrant)
    return report


def _topic(report: Report, topic: str) -> None:
    if topic not in {known["id"] for known in report.entrant.review.topics}:
        raise RefusedError(_("报告没有这一部分，请刷新页面后再写。"))


def _keep(section: ReportSection, text: str, actor: Actor, *, conflict: bool = False) -> None:
    if text.strip():
        ReportRevision.objects.create(
            section=section,
            text=text,
            revision=section.revision,
            conflict=conflict,
            by_id=actor.account_id,
        )


def _worth_keeping(section: ReportSection, text: str) -> bool:
    stood = timezone.now() - section.saved_at > KEEP_AFTER
    return stood or len(text) < len(section.text) - KEEP_WHEN_SHORTER_BY


def _replace(section: ReportSection, text: str, actor: Actor) -> None:
    if _worth_keeping(section, text):
        _keep(section, section.text, actor)
    section.put(text)


@verb
def save_section(report: Report, topic: str, text: str, base: int, *, actor: Actor) -> Saved:
    """Save one section written on top of revision `base`.

    When somebody else has saved since, nothing is overwritten: the text is kept as a revision
    and the answer says what stands. Saving the same text again is no change.
    """
    _writable(report, actor)
    _topic(report, topic)
    if len(text) > SECTION_LIMIT:
        raise RefusedError(_("这一部分超过 %(limit)d 字，请精简。") % {"limit": SECTION_LIMIT})
    section, _created = ReportSection.objects.select_for_update().get_or_create(
        report=report, topic=topic
    )
    if text == section.text:
        return Saved(section.revision, conflict=False, text=text)
    if base != section.revision:
        _keep(section, text, actor, conflict=True)
        return Saved(section.revision, conflict=True, text=section.text)
    _replace(section, text, actor)
    record("report.save", report, actor=actor, after={"topic": topic, "length": len(text)})
    return Saved(section.revision, conflict=False, text=text)


@verb
def upload_report(report: Report, data: bytes, name: str, *, actor: Actor) -> Reading:
    """Take a Word file in: recognised sections replace the texts, which are kept as revisions."""
    _writable(report, actor)
    reading = read_report(data, report.entrant.review.topics)
    for topic in report.entrant.review.topics:
        if len(reading.sections.get(topic["id"], "")) > SECTION_LIMIT:
            words = {"title": topic["title"], "limit": SECTION_LIMIT}
            raise RefusedError(_("“%(title)s”超过 %(limit)d 字，请精简后再上传。") % words)
    report.upload = store_bytes(data, name, MEDIA_TYPES[FileKind.WORD], actor=actor)
    report.loose_text = reading.loose
    report.save(update_fields=["upload", "loose_text"])
    for topic, text in reading.sections.items():
        section, _new = ReportSection.objects.get_or_create(report=report, topic=topic)
        _keep(section, section.text, actor)
        section.put(text)
    record("report.upload", report, actor=actor, after={"sections": sorted(reading.sections)})
    return reading


@verb
def submit_report(report: Report, *, actor: Actor) -> Report:
    """Hand the report in; refused while a required section is empty."""
    missing = missing_topics(report)
    if missing:
        raise RefusedError(
            _("还有 %(count)d 个部分没有写：%(titles)s。")
            % {"count": len(missing), "titles": listed(missing)}
        )
    return perform(REPORT, report, "submit", actor=actor)


@verb
def reopen_report(report: Report, *, actor: Actor) -> Report:
    """Take a handed-in report back to change it, as long as the meeting has not opened."""
    if report.entrant.review.state != ReviewState.REPORTING:
        raise StateError(FINAL)
    return perform(REPORT, report, "reopen", actor=actor)


def freeze_report(report: Report, *, actor: Actor) -> Report:
    """Fix the text as it stands and its digest (SHA-256 over canonical JSON)."""
    frozen = sections_of(report)
    digest = hashlib.sha256(rfc8785.dumps(frozen)).hexdigest()
    return perform(REPORT, report, "freeze", actor=actor, frozen=frozen, digest=digest)
