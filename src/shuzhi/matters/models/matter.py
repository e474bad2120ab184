"""A matter, the states that its version knows, and who takes part."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Length, Substr
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.fields import PublicIdField
from shuzhi.kernel.language import in_theirs
from shuzhi.matters.limits import TITLE
from shuzhi.matters.schema.steps import StateKind


class MatterState(models.Model):
    """A state of one version of a mechanism: "handover-order@1:working"."""

    code = models.CharField(max_length=120, primary_key=True)
    version = models.ForeignKey("catalogue.MechanismVersion", models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    label = models.CharField(_("状态"), max_length=400)
    label_en = models.CharField(max_length=400)
    kind = models.CharField(max_length=10, db_index=True)
    waits_for = models.CharField(max_length=40, blank=True)
    unseen_by = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("事项状态")
        ordering = ("version", "position")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=[*StateKind]), name="matters_state_kind"),
        )

    def __str__(self) -> str:
        return in_theirs(self.label, self.label_en)


class Matter(models.Model):
    """Something that somebody owes by a date.

    It keeps the version of its mechanism (`reference`), so its state is one of that version's:
    the database checks it. `due` is the nearest running deadline, empty when none runs; a matter
    is overdue when `due` lies before today. `late`: a deadline was met too late. `facts` holds
    what is known now, as JSON values; the story (`MatterStep`) holds who said it when.
    It counts in one `year`; what an earlier one has counted is marked (`settled`: its end, until
    it is reopened; `earlier` with steps, deadlines and facts) and counts there alone.
    """

    access_path: ClassVar[str] = "unit__path"
    access_person: ClassVar[str] = ""

    public_id = PublicIdField()
    mechanism = models.CharField(_("种类"), max_length=60)
    reference = models.CharField(max_length=70)
    state = models.ForeignKey(MatterState, models.PROTECT, related_name="+", verbose_name=_("状态"))
    unit = models.ForeignKey(
        "registry.Unit", models.PROTECT, related_name="+", verbose_name=_("单位")
    )
    title = models.CharField(_("事项"), max_length=TITLE)
    number = models.CharField(_("编号"), max_length=80, blank=True)
    year = models.PositiveSmallIntegerField(_("年度"))
    opened_on = models.DateField(_("立项日期"))
    opened_by = models.ForeignKey(
        "kernel.Account", models.PROTECT, null=True, related_name="+", db_index=False
    )
    closed_on = models.DateField(_("办结日期"), null=True, blank=True)
    due = models.DateField(_("期限"), null=True, blank=True)
    late = models.BooleanField(_("超期办结"), default=False)
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)
    reopened = models.PositiveSmallIntegerField(_("重新打开次数"), default=0)
    reopened_before = models.PositiveSmallIntegerField(default=0)  # in earlier years
    settled = models.BooleanField(default=False)
    extensions = models.PositiveSmallIntegerField(_("延期次数"), default=0)
    facts = models.JSONField(default=dict)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    counts = models.BooleanField(default=True)  # drafts do not (`measures.since`)
    split = models.BooleanField(default=False)  # shared out: its parts are counted instead
    origin = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    dispatch = models.CharField(max_length=16, blank=True)  # shared by what was sent out at once
    intake = models.ForeignKey("matters.Intake", models.PROTECT, null=True, related_name="matters")
    urged_on = models.DateField(_("催办日期"), null=True, blank=True)  # forgotten once it moves
    changed_at = models.DateTimeField(_("最近办理"), default=timezone.now)

    class Meta:
        verbose_name = _("事项")
        ordering = ("due", "pk")
        indexes = (
            models.Index(fields=("due", "id"), name="matters_due"),
            models.Index(fields=("closed_on", "due", "id"), name="matters_open"),
            models.Index(fields=("year", "mechanism", "unit"), name="matters_counted"),
            models.Index(fields=("dispatch",), name="matters_dispatch"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Exact(
                    Substr(F("state_id"), 1, Length("reference") + 1),
                    Concat(F("reference"), Value(":")),
                ),
                name="matters_state_of_version",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def state_key(self) -> str:
        """Return the state's id within the mechanism."""
        return self.state_id.rpartition(":")[2]

    @property
    def ended(self) -> bool:
        return self.closed_on is not None

    def refresh_from_db(self, *args: Any, **options: Any) -> None:
        """Read the row again, and forget what was derived from the old one."""
        self.__dict__.pop("standings", None)
        super().refresh_from_db(*args, **options)


class MatterParty(models.Model):
    """Who stands on a side of a matter: a unit or a person, the leading one first."""

    access_path: ClassVar[str] = "unit__path"
    access_person: ClassVar[str] = "person_id"

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="parties")
    party = models.CharField(max_length=40)
    unit = models.ForeignKey("registry.Unit", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("registry.Person", models.PROTECT, null=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("当事方")
        ordering = ("matter", "party", "position", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(unit=None, person__isnull=False) | Q(unit__isnull=False, person=None),
                name="matters_party_one",
            ),
            models.UniqueConstraint(
                fields=("matter", "party", "unit"), name="matters_party_unit_once"
            ),
            models.UniqueConstraint(
                fields=("matter", "party", "person"), name="matters_party_person_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.unit or self.person)
