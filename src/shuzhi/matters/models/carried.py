"""What matters that were carried on had counted for in the year that they left."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class CarriedShare(models.Model):
    """The tally of one kind's carried matters as they stood: {what is counted: {path: how many}}.

    A year's measures are its own matters and these shares, so that they stay as they were counted.
    """

    access_path: ClassVar[str] = ""
    access_person: ClassVar[str] = ""

    year = models.PositiveSmallIntegerField(_("年度"), db_index=True)
    mechanism = models.CharField(_("种类"), max_length=60)
    tally = models.JSONField(default=dict)
    carried_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("转入下一年度")
        ordering = ("year", "mechanism", "pk")

    def __str__(self) -> str:
        return f"{self.year} {self.mechanism}"
