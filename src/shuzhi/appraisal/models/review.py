"""A year's review of the units below one unit."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.enums import FormShape, ReviewState
from shuzhi.kernel.fields import OrderedJSONField, PublicIdField


class Review(models.Model):
    """The cycle from preparation to publication; the scheme's text is kept with it, frozen."""

    access_path: ClassVar[str] = "unit__path"
    access_person: ClassVar[str] = ""

    public_id = PublicIdField()
    unit = models.ForeignKey(
        "registry.Unit", models.PROTECT, related_name="+", verbose_name=_("组织评议的单位")
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    title = models.CharField(_("名称"), max_length=120)
    reports_due = models.DateField(_("报告截止日期"), null=True, blank=True)
    state = models.CharField(
        _("状态"), max_length=12, choices=ReviewState, default=ReviewState.PREPARING
    )
    scheme_text = models.TextField(_("考核方案"))
    templates = OrderedJSONField(default=dict)  # mechanism → {id, version, sha256} it came from
    topics = OrderedJSONField(default=list)  # [{id, title, hint}]: what a report must cover
    form_shape = models.CharField(
        _("测评表"), max_length=10, choices=FormShape, default=FormShape.OVERALL
    )
    poll = models.OneToOneField(
        "ballots.Poll", models.PROTECT, null=True, blank=True, related_name="+"
    )
    gathering = models.OneToOneField(
        "gatherings.Gathering", models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    scored_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "kernel.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )
    quota_reason = models.TextField(_("超出比例的理由"), blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        "kernel.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("年度述职评议")
        ordering = ("-year", "unit__path", "pk")
        constraints = (
            models.UniqueConstraint(fields=("unit", "year"), name="appraisal_one_review_a_year"),
            models.CheckConstraint(
                condition=models.Q(state__in=ReviewState.values), name="appraisal_review_state"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def meets_on(self) -> date | None:
        """The day of the meeting, as it is arranged now."""
        return timezone.localdate(self.gathering.starts_at) if self.gathering else None
