"""Audit events, the salted facts beside them, and the proof log that numbers and signs them."""

import json
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.fields import random_id


class AuditEvent(models.Model):
    """What happened to what, by whom, when: written once; the sequencer adds place and seal.

    `payload` is what is proven: canonical JSON, never rewritten. The other columns repeat it for
    searching, and `verify_log` compares them.
    """

    access_path: ClassVar[str] = ""  # the whole site's: read by whoever audits it
    access_person: ClassVar[str] = ""

    public_id = models.CharField(max_length=20, unique=True, default=random_id)
    kind = models.CharField(_("事项"), max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    actor = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("时间"), db_index=True)
    payload = models.TextField()
    position = models.PositiveBigIntegerField(_("序号"), null=True, unique=True)
    leaf = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("审计事件")
        indexes = (
            models.Index(fields=("subject_type", "subject_id"), name="kernel_event_subject"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type} {self.subject_id}"

    @property
    def facts(self) -> dict[str, Any]:
        """Return the payload as read from its JSON."""
        found: dict[str, Any] = json.loads(self.payload)
        return found

    @property
    def before(self) -> dict[str, Any]:
        return dict(self.facts["before"])

    @property
    def after(self) -> dict[str, Any]:
        return dict(self.facts["after"])


class AuditAside(models.Model):
    """The salt of an event's digest and the personal facts behind it; erased when the law says."""

    event = models.OneToOneField(AuditEvent, models.PROTECT, primary_key=True, related_name="aside")
    salt = models.CharField(max_length=64)
    facts = models.TextField(blank=True)

    def __str__(self) -> str:
        return str(self.event)


class LogState(models.Model):
    """The one row that the sequencer locks: how many leaves are numbered, and how they hash."""

    name = models.CharField(max_length=20, unique=True)  # which log this is, for its signatures
    algorithm = models.CharField(max_length=10)
    size = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.size}"


class LogTile(models.Model):
    """The root of a complete subtree of 256, 65,536… leaves, so that a head rehashes few."""

    level = models.PositiveSmallIntegerField()
    index = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("level", "index"), name="kernel_tile"),)

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class LogKey(models.Model):
    """A public key that has signed heads, from which size on."""

    key_id = models.CharField(max_length=16, unique=True)
    public_key = models.CharField(max_length=64)
    since_size = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return self.key_id


class LogHead(models.Model):
    """A signed statement: so many leaves under this root at this moment."""

    size = models.PositiveBigIntegerField(db_index=True)
    root = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    key_id = models.CharField(max_length=16)
    signature = models.CharField(max_length=128)

    class Meta:
        verbose_name = _("存证树头")

    def __str__(self) -> str:
        return f"{self.size} {self.root}"
