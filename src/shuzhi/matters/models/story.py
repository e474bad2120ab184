"""The story of a matter: each entry, its facts and files; and where imported matters came from."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.fields import PublicIdField
from shuzhi.matters.enums import StepKind
from shuzhi.matters.limits import NOTE

from .matter import Matter


class MatterStep(models.Model):
    """One entry of the story: what was done, by whom in what office, with which facts.

    `step` is the transition's id where one was taken; `marks` says which text merely repeats
    another: [{"fact", "of" (a fact or another matter's public id), "percent"}].
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="story")
    kind = models.CharField(max_length=10, choices=StepKind)
    step = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=40)  # where the matter stands after it
    round = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField(default=timezone.now)
    account = models.ForeignKey(
        "kernel.Account", models.PROTECT, null=True, related_name="+", db_index=False
    )
    party = models.CharField(max_length=40, blank=True)
    unit = models.ForeignKey(
        "registry.Unit", models.PROTECT, null=True, related_name="+", db_index=False
    )
    name = models.CharField(_("办理人"), max_length=60, blank=True)
    post = models.CharField(_("职务"), max_length=60, blank=True)
    facts = models.JSONField(default=dict)
    note = models.CharField(max_length=NOTE, blank=True)
    marks = models.JSONField(default=list)
    earlier = models.BooleanField(default=False)  # a year that the matter has left counts it

    class Meta:
        verbose_name = _("办理记录")
        ordering = ("matter", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=StepKind.values), name="matters_step_kind"
            ),
        )

    def __str__(self) -> str:
        return f"{self.matter_id} {self.kind} {self.step}"


class MatterFile(models.Model):
    """A file that came with a step, and for which fact."""

    access_path: ClassVar[str] = "matter__unit__path"
    access_person: ClassVar[str] = ""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="files")
    step = models.ForeignKey(MatterStep, models.CASCADE, related_name="files")
    field = models.CharField(max_length=40)
    file = models.ForeignKey("kernel.StoredFile", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("事项附件")
        ordering = ("pk",)

    def __str__(self) -> str:
        return str(self.file)


class MatterCell(models.Model):
    """A fact that measures ask for, as it stands now, where the database can count it."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="cells")
    field = models.CharField(max_length=40)
    value = models.CharField(max_length=40)
    number = models.IntegerField(null=True)
    earlier = models.BooleanField(default=False)  # a year that the matter has left counts it

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("matter", "field"), name="matters_cell_once"),
        )

    def __str__(self) -> str:
        return f"{self.field}={self.value}"


class Intake(models.Model):
    """A ledger taken in at once: its rows' digest stands in the proof log."""

    access_path: ClassVar[str] = "unit__path"
    access_person: ClassVar[str] = ""

    public_id = PublicIdField()
    unit = models.ForeignKey("registry.Unit", models.PROTECT, related_name="+")
    mechanism = models.CharField(max_length=60)
    source = models.CharField(_("来源"), max_length=200)
    count = models.PositiveIntegerField(_("件数"))
    sha256 = models.CharField(max_length=64)
    account = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("导入的台账")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.source
