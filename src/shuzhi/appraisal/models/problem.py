"""What must be mended: named problems with owner and deadline, and the notice sent for each."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.enums import ProblemSource, ProblemState
from shuzhi.kernel.fields import PublicIdField
from shuzhi.matters.enums import StateKind

from .entrant import Entrant

if TYPE_CHECKING:
    from shuzhi.matters.models import Matter


class Problem(models.Model):
    """One problem of a unit; shown beside the next year's report.

    Once its rectification notice is sent (`matter`), how far it is mended is the notice's to tell;
    after a withdrawn one another can be sent, which takes its place.
    """

    access_path: ClassVar[str] = "entrant__unit__path"
    access_person: ClassVar[str] = "entrant__person_id"

    public_id = PublicIdField()
    entrant = models.ForeignKey(Entrant, models.CASCADE, related_name="problems")
    text = models.CharField(_("问题"), max_length=300)
    source = models.CharField(
        _("来源"), max_length=10, choices=ProblemSource, default=ProblemSource.MANUAL
    )
    indicator = models.CharField(_("相关指标"), max_length=60, blank=True)
    owner = models.CharField(_("责任人"), max_length=60, blank=True)
    due = models.DateField(_("整改期限"), null=True, blank=True)
    measure = models.CharField(_("整改措施"), max_length=300, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=ProblemState, default=ProblemState.PROPOSED
    )
    matter = models.OneToOneField(
        "matters.Matter", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("整改问题")
        ordering = ("entrant__position", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=ProblemState.values), name="appraisal_problem_state"
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def notice(self) -> "Matter | None":
        """The notice by which it is mended; one that was withdrawn counts as none."""
        gone = self.matter is not None and self.matter.state.kind == StateKind.DROPPED
        return None if gone else self.matter

    @property
    def standing(self) -> str:
        """Where it stands: with its notice once that is sent."""
        return str(self.notice.state if self.notice else self.get_state_display())

    @property
    def outcome(self) -> str:
        """What the unit has reported as the result."""
        return str(self.notice.facts.get("result", "")) if self.notice else ""
