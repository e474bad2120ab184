"""Schemes as they are written: drafts, what each edit replaced, and the version they became."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.enums import SchemeState
from shuzhi.kernel.fields import OrderedJSONField, PublicIdField

from .review import Review


class SchemeDraft(models.Model):
    """A unit's scheme from its first line to its withdrawal; published text never changes."""

    access_path: ClassVar[str] = "unit__path"
    access_person: ClassVar[str] = ""

    public_id = PublicIdField()
    unit = models.ForeignKey(
        "registry.Unit", models.PROTECT, related_name="+", verbose_name=_("制定单位")
    )
    title = models.CharField(_("名称"), max_length=120)
    text = models.TextField(_("考核方案"))
    revision = models.PositiveIntegerField(default=0)
    basis = models.CharField(_("依据"), max_length=120, blank=True)  # "town-review@1", a review
    envelope = OrderedJSONField(default=dict)  # what the catalogue says of it beside the body
    last = models.ForeignKey(
        Review, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("上年评议")
    )
    mapping = OrderedJSONField(default=dict)  # this item → last year's ("" none; absent: same id)
    state = models.CharField(
        _("状态"), max_length=10, choices=SchemeState, default=SchemeState.DRAFT
    )
    mechanism = models.CharField(_("编号"), max_length=60, blank=True)
    version = models.PositiveIntegerField(_("版本"), null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(_("修改时间"), auto_now=True)
    changed_by = models.ForeignKey(
        "kernel.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    published_by = models.ForeignKey(
        "kernel.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("考核方案")
        ordering = ("-changed_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=SchemeState.values), name="appraisal_scheme_state"
            ),
            models.UniqueConstraint(
                fields=("mechanism", "version"),
                condition=models.Q(version__isnull=False),
                name="appraisal_scheme_version",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """Return what a review keeps of a published version: "town-review@2"."""
        return f"{self.mechanism}@{self.version}" if self.version else ""


class SchemeRevision(models.Model):
    """The text that an edit replaced, and what the edit did: the way back."""

    draft = models.ForeignKey(SchemeDraft, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    did = models.CharField(max_length=200)
    by = models.ForeignKey(
        "kernel.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("draft", "number"), name="appraisal_revision_once"),
        )

    def __str__(self) -> str:
        return f"{self.draft} {self.number}"
