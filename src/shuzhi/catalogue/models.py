"""Kept versions of mechanisms, and where each is offered."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.language import in_theirs

from .enums import Kind
from .packs import Pack, read_pack


class MechanismVersion(models.Model):
    """A version's text as it was when it was taken in; running cases keep theirs."""

    mechanism = models.CharField(_("编号"), max_length=60)
    version = models.PositiveIntegerField(_("版本"))
    kind = models.CharField(_("种类"), max_length=20, choices=Kind)
    theme = models.CharField(_("主题"), max_length=40)
    title = models.CharField(_("名称"), max_length=120)
    title_en = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    text = models.TextField()
    kept_at = models.DateTimeField(_("收录时间"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("制度")
        ordering = ("theme", "mechanism", "-version")
        constraints = (
            models.UniqueConstraint(
                fields=("mechanism", "version"), name="catalogue_mechanism_version"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """Return what a case keeps: "town-review@1"."""
        return f"{self.mechanism}@{self.version}"

    @property
    def called(self) -> str:
        """Return the title in the reader's language."""
        return in_theirs(self.title, self.title_en)

    @property
    def pack(self) -> Pack:
        """Read the kept text again, once a process; it was sound when it was kept."""
        file = f"{self.theme}/{self.mechanism}.yaml"
        return read_pack(self.text, file, self.theme, hosted=False)


class Offering(models.Model):
    """A mechanism that a unit has enabled for itself and all below it."""

    access_path: ClassVar[str] = "unit__path"
    access_person: ClassVar[str] = ""

    mechanism = models.CharField(_("制度"), max_length=60)
    unit = models.ForeignKey("registry.Unit", models.PROTECT, related_name="+")
    offered_at = models.DateTimeField(_("启用时间"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("启用")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("mechanism", "unit"),
                condition=models.Q(withdrawn_at=None),
                name="catalogue_offered_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.mechanism} · {self.unit}"
