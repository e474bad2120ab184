"""The written report, section by section, with what each autosave replaced."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.enums import ReportState
from shuzhi.kernel.fields import OrderedJSONField

from .entrant import Entrant


class Report(models.Model):
    """An entrant's report; frozen, with its digest, when the meeting opens."""

    access_path: ClassVar[str] = "entrant__unit__path"
    access_person: ClassVar[str] = "entrant__person_id"

    entrant = models.OneToOneField(Entrant, models.CASCADE, related_name="report")
    state = models.CharField(
        _("状态"), max_length=10, choices=ReportState, default=ReportState.DRAFT
    )
    upload = models.ForeignKey(
        "kernel.StoredFile", models.PROTECT, null=True, blank=True, related_name="+"
    )
    loose_text = models.TextField(_("未归入各部分的文字"), blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen: Any = OrderedJSONField(null=True, blank=True)  # the sections as they stood, with titles
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("述职报告")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=ReportState.values), name="appraisal_report_state"
            ),
        )

    def __str__(self) -> str:
        return str(self.entrant)


class ReportSection(models.Model):
    """The text of one topic; `revision` counts the saves, so that two windows cannot overwrite."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="sections")
    topic = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    length = models.PositiveIntegerField(default=0, editable=False)  # without blanks at the ends
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("report", "topic"), name="appraisal_section_once"),
        )

    def __str__(self) -> str:
        return f"{self.report} {self.topic}"

    def put(self, text: str) -> None:
        """Write the next revision of the text."""
        self.text, self.length, self.revision = text, len(text.strip()), self.revision + 1
        self.save(update_fields=["text", "length", "revision", "saved_at"])


class ReportRevision(models.Model):
    """A text that a later save replaced or could not take in; nothing written is lost."""

    section = models.ForeignKey(ReportSection, models.CASCADE, related_name="revisions")
    text = models.TextField()
    revision = models.PositiveIntegerField()
    conflict = models.BooleanField(default=False)
    kept_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        "kernel.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-kept_at", "-pk")

    def __str__(self) -> str:
        return f"{self.section} {self.revision}"
