"""What the scheme counts beside the marks: routine figures, happenings, vetoes."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.fields import OrderedJSONField, PublicIdField

from .entrant import Entrant
from .review import Review


class Figure(models.Model):
    """A unit's value for one indicator; the text as it was given stands beside it."""

    access_path: ClassVar[str] = "entrant__unit__path"
    access_person: ClassVar[str] = "entrant__person_id"

    entrant = models.ForeignKey(Entrant, models.CASCADE, related_name="figures")
    indicator = models.CharField(_("指标"), max_length=60)
    value = models.CharField(_("数值"), max_length=40)  # a decimal, yes/no, or "na"
    target = models.CharField(_("目标值"), max_length=40, blank=True)
    source = models.CharField(_("原始填写"), max_length=80, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    entered_by = models.ForeignKey(
        "kernel.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("平时考核数据")
        ordering = ("entrant__position", "indicator")
        constraints = (
            models.UniqueConstraint(fields=("entrant", "indicator"), name="appraisal_figure_once"),
        )

    def __str__(self) -> str:
        return f"{self.entrant} {self.indicator}: {self.value}"


class Happening(models.Model):
    """A bonus (points above zero) or a deduction (below), with its reason."""

    access_path: ClassVar[str] = "entrant__unit__path"
    access_person: ClassVar[str] = "entrant__person_id"

    entrant = models.ForeignKey(Entrant, models.CASCADE, related_name="happenings")
    indicator = models.CharField(_("指标"), max_length=60)
    points = models.DecimalField(_("分值"), max_digits=8, decimal_places=3)
    key = models.CharField(_("同一事项编号"), max_length=60, blank=True)
    reason = models.CharField(_("事由和依据"), max_length=300)
    entered_by = models.ForeignKey(
        "kernel.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("加减分事项")
        ordering = ("entrant__position", "indicator", "pk")

    def __str__(self) -> str:
        return f"{self.entrant} {self.points}"


class Veto(models.Model):
    """A one-vote veto of the scheme that applies to a unit; its basis is required."""

    access_path: ClassVar[str] = "entrant__unit__path"
    access_person: ClassVar[str] = "entrant__person_id"

    entrant = models.ForeignKey(Entrant, models.CASCADE, related_name="vetoes")
    veto = models.CharField(_("否决事项"), max_length=60)
    basis = models.CharField(_("依据"), max_length=300)
    entered_by = models.ForeignKey(
        "kernel.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("一票否决")
        ordering = ("entrant__position", "veto")
        constraints = (
            models.UniqueConstraint(fields=("entrant", "veto"), name="appraisal_veto_once"),
            models.CheckConstraint(condition=~models.Q(basis=""), name="appraisal_veto_basis"),
        )

    def __str__(self) -> str:
        return f"{self.entrant} {self.veto}"


class FigureDraft(models.Model):
    """A sheet of figures between preview and confirmation; its rows go when it is applied."""

    access_path: ClassVar[str] = "review__unit__path"
    access_person: ClassVar[str] = ""

    public_id = PublicIdField()
    review = models.ForeignKey(Review, models.CASCADE, related_name="+")
    account = models.ForeignKey("kernel.Account", models.CASCADE, related_name="+")
    name = models.CharField(_("文件名"), max_length=200)
    rows = OrderedJSONField(default=list)  # [[row, code of the unit, {item: text}], …]
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("导入草稿")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name
