"""The leader's comment on a reporter: what was good, what was lacking, where to go."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.enums import CommentState
from shuzhi.kernel.seen import digest_of

from .entrant import Entrant


class Comment(models.Model):
    """Three parts, all required; a clerk may prepare them, the leader approves."""

    access_path: ClassVar[str] = "entrant__review__unit__path"
    access_person: ClassVar[str] = ""

    entrant = models.OneToOneField(Entrant, models.CASCADE, related_name="comment")
    good = models.TextField(_("肯定成绩"), blank=True)
    lacking = models.TextField(_("指出不足"), blank=True)
    direction = models.TextField(_("努力方向"), blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=CommentState, default=CommentState.DRAFT
    )
    prepared_by = models.ForeignKey(
        "kernel.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )
    prepared_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        "kernel.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("点评")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=CommentState.values), name="appraisal_comment_state"
            ),
        )

    def __str__(self) -> str:
        return str(self.entrant)

    @property
    def digest(self) -> str:
        """A short word for what was last saved, problems named with it included.

        A page tells by it what its reader saw.
        """
        return digest_of(self.good, self.lacking, self.direction, self.prepared_at)

    @property
    def complete(self) -> bool:
        """Tell whether all three parts say something."""
        return all(part.strip() for part in (self.good, self.lacking, self.direction))
