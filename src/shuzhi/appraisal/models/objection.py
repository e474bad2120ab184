"""Units check their scores: the window, and one objection an item with evidence and answer."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.enums import ObjectionState
from shuzhi.kernel.fields import PublicIdField

from .entrant import Entrant
from .review import Review
from .score import ScoreRun


class ObjectionWindow(models.Model):
    """From when and until which day units may object to their computed scores."""

    access_path: ClassVar[str] = "review__unit__path"
    access_person: ClassVar[str] = ""

    review = models.OneToOneField(Review, models.CASCADE, related_name="window")
    due = models.DateField(_("异议截止日期"))
    opened_at = models.DateTimeField(auto_now_add=True)
    opened_by = models.ForeignKey(
        "kernel.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("得分核对")

    def __str__(self) -> str:
        return f"{self.review} {self.due}"


class Objection(models.Model):
    """A unit's objection to one item of its score; it and its answer stay on record.

    One that was taken back stays too, beside the one that may be lodged after it.
    """

    access_path: ClassVar[str] = "entrant__unit__path"
    access_person: ClassVar[str] = "entrant__person_id"

    public_id = PublicIdField()
    entrant = models.ForeignKey(Entrant, models.CASCADE, related_name="objections")
    indicator = models.CharField(_("指标"), max_length=60)
    text = models.TextField(_("异议"), max_length=2000)
    evidence = models.ForeignKey(
        "kernel.StoredFile", models.PROTECT, related_name="+", verbose_name=_("证明材料")
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=ObjectionState, default=ObjectionState.LODGED
    )
    counted = models.CharField(_("异议时的数据"), max_length=200, blank=True)
    lodged_at = models.DateTimeField(_("提出时间"), auto_now_add=True)
    lodged_by = models.ForeignKey(
        "kernel.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.TextField(_("答复"), max_length=2000, blank=True)
    correction = models.CharField(_("更正"), max_length=200, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answered_by = models.ForeignKey(
        "kernel.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    recount = models.ForeignKey(
        ScoreRun, models.SET_NULL, null=True, blank=True, related_name="+"
    )  # the run that followed an upheld objection

    class Meta:
        verbose_name = _("得分异议")
        ordering = ("entrant__position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("entrant", "indicator"),
                condition=~models.Q(state=ObjectionState.TAKEN_BACK),
                name="appraisal_one_objection_an_item",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ObjectionState.values),
                name="appraisal_objection_state",
            ),
        )

    def __str__(self) -> str:
        return f"{self.entrant} {self.indicator}"
