"""One digest a day for each person, and the day's round that wrote them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Digest(models.Model):
    """What somebody was told on one day: public ids of matters by why they are named.

    The reasons and their order are `Why`'s.
    """

    access_path: ClassVar[str] = ""
    access_person: ClassVar[str] = "person_id"

    person = models.ForeignKey("registry.Person", models.CASCADE, related_name="+")
    day = models.DateField()
    lines = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("每日提醒")
        ordering = ("-day", "pk")
        constraints = (
            models.UniqueConstraint(fields=("person", "day"), name="matters_digest_once"),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.day}"


class DailyRound(models.Model):
    """A day's round is done: reminders written, overdue matters passed on."""

    day = models.DateField(unique=True)
    digests = models.PositiveIntegerField()
    escalated = models.PositiveIntegerField()
    finished_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("每日提醒")
        ordering = ("-day",)

    def __str__(self) -> str:
        return str(self.day)
