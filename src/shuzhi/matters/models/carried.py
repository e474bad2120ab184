"""Matters in years that they have left: what such a year counts of them stays as it was."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .matter import Matter, MatterState


class Carried(models.Model):
    """A matter in a year that it has left, as it stood then: with which unit, in which state.

    A year is its own matters and these, so that its figures and the rows behind them agree.
    """

    access_path: ClassVar[str] = "unit__path"
    access_person: ClassVar[str] = ""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="left")
    year = models.PositiveSmallIntegerField(_("年度"))
    unit = models.ForeignKey("registry.Unit", models.PROTECT, related_name="+")
    state = models.ForeignKey(MatterState, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("转入下一年度")
        ordering = ("year", "pk")
        indexes = (models.Index(fields=("year", "unit"), name="matters_carried_year"),)
        constraints = (
            models.UniqueConstraint(fields=("matter", "year"), name="matters_carried_once"),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.matter_id}"


class CarriedCount(models.Model):
    """What the year that was left counts of the matter, key by key; what is nothing has no row."""

    carried = models.ForeignKey(Carried, models.CASCADE, related_name="counts")
    key = models.CharField(max_length=50)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("carried", "key"), name="matters_carried_count"),
        )

    def __str__(self) -> str:
        return f"{self.key} {self.number}"
