"""Days that differ from the weekday rule: statutory holidays and make-up working days."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarDay(models.Model):
    """A holiday on a weekday, or a working day on a weekend; all other days follow the week."""

    access_path: ClassVar[str] = ""  # belongs to the whole site: only a reach of "all" covers it
    access_person: ClassVar[str] = ""

    day = models.DateField(_("日期"), unique=True)
    working = models.BooleanField(_("上班"))
    name = models.CharField(_("说明"), max_length=40)

    class Meta:
        verbose_name = _("工作日历")
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
