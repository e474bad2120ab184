"""Who reports: a unit with the person who answers for it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.enums import Exemption
from shuzhi.kernel.fields import PublicIdField

from .review import Review


class Entrant(models.Model):
    """One reporter of a review: unit, secretary, place in the order, what they are spared."""

    access_path: ClassVar[str] = "unit__path"
    access_person: ClassVar[str] = "person_id"

    public_id = PublicIdField()
    review = models.ForeignKey(Review, models.CASCADE, related_name="entrants")
    unit = models.ForeignKey(
        "registry.Unit", models.PROTECT, related_name="+", verbose_name=_("单位")
    )
    person = models.ForeignKey(
        "registry.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("述职人"),
    )
    position = models.PositiveSmallIntegerField(_("顺序"))
    group = models.CharField(_("分组"), max_length=40, blank=True)
    exemption = models.CharField(
        _("参加方式"), max_length=8, choices=Exemption, default=Exemption.NONE
    )
    exemption_reason = models.CharField(_("理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("述职单位")
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("review", "unit"), name="appraisal_unit_once"),
        )

    def __str__(self) -> str:
        return str(self.unit)
