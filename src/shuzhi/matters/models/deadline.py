"""Deadlines that run or have run for a matter, and extensions asked for."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.fields import PublicIdField
from shuzhi.matters.enums import DeadlineState, ExtensionState
from shuzhi.matters.limits import REASON

from .matter import Matter


class MatterDeadline(models.Model):
    """One run of a deadline.

    It is due `days` of its unit after `base`: the day on which it began, or (`fixed`) the date
    that somebody gave; `days` includes what was granted. `first_due` never changes.
    What has been passed on is within reach of the unit to which it came.
    """

    access_path: ClassVar[str] = "escalated_to__path"
    access_person: ClassVar[str] = ""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="deadlines")
    key = models.CharField(max_length=40)
    round = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=DeadlineState, default=DeadlineState.RUNNING)
    base = models.DateField()
    days = models.PositiveSmallIntegerField(default=0)
    working = models.BooleanField(default=False)
    fixed = models.BooleanField(default=False)
    first_due = models.DateField(_("最初期限"))
    due_on = models.DateField(_("期限"))
    extended = models.PositiveSmallIntegerField(_("延期次数"), default=0)
    paused_on = models.DateField(null=True)
    met_on = models.DateField(null=True)
    earlier = models.BooleanField(default=False)  # met in a year that the matter has left
    escalated_on = models.DateField(null=True)
    escalated_to = models.ForeignKey("registry.Unit", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("期限")
        ordering = ("matter", "pk")
        indexes = (models.Index(fields=("state", "due_on"), name="matters_deadline_due"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=DeadlineState.values), name="matters_deadline_state"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("base")), name="matters_deadline_order"
            ),
            models.UniqueConstraint(
                fields=("matter", "key"),
                condition=Q(state__in=("running", "paused")),
                name="matters_deadline_runs_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.due_on}"


class Extension(models.Model):
    """More time for a deadline: asked for with a reason, granted or refused by somebody else."""

    access_path: ClassVar[str] = "deadline__matter__unit__path"
    access_person: ClassVar[str] = ""

    public_id = PublicIdField()
    deadline = models.ForeignKey(MatterDeadline, models.CASCADE, related_name="requests")
    state = models.CharField(max_length=10, choices=ExtensionState, default=ExtensionState.ASKED)
    days = models.PositiveSmallIntegerField(_("申请延期天数"))
    reason = models.TextField(_("理由"), max_length=REASON)
    asked_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(_("答复"), max_length=REASON, blank=True)

    class Meta:
        verbose_name = _("延期")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=ExtensionState.values), name="matters_extension_state"
            ),
            models.UniqueConstraint(
                fields=("deadline",),
                condition=Q(state="asked"),
                name="matters_extension_asked_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.deadline} +{self.days}"
