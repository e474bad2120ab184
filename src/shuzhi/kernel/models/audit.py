"""Audit events: one row for each thing that happened."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access.actor import Actor
from shuzhi.kernel.audit.kinds import EventKind


class AuditEventManager(models.Manager["AuditEvent"]):
    """The one place that writes an event."""

    def log(
        self,
        kind: EventKind,
        subject: models.Model,
        actor: Actor,
        before: dict[str, Any],
        after: dict[str, Any],
    ) -> "AuditEvent":
        return self.create(
            kind=kind.name,
            subject_type=subject._meta.label_lower,
            subject_id=str(subject.pk),
            actor_id=actor.account_id,
            before=before,
            after=after,
        )


class AuditEvent(models.Model):
    """What happened to what, by whom, when, and what changed."""

    kind = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    actor = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    objects = AuditEventManager()

    class Meta:
        verbose_name = _("审计事件")
        indexes = (models.Index(fields=("subject_type", "subject_id")),)

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type} {self.subject_id}"
