"""Paper: how many forms there are, what two tellers entered, how differences were settled."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shuzhi.ballots.enums import EntryState

from .poll import Poll


class PaperCount(models.Model):
    """Paper forms of a category: issued (by the desk), and what became of them (when sealed)."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="paper")
    category = models.CharField(max_length=40)
    issued = models.PositiveIntegerField(_("发出"), default=0)
    returned = models.PositiveIntegerField(_("收回"), default=0)
    void = models.PositiveIntegerField(_("无效"), default=0)
    unused = models.PositiveIntegerField(_("未用"), default=0)
    cancelled = models.PositiveIntegerField(_("作废注销"), default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("poll", "category"), name="ballots_paper_category"),
        )

    def __str__(self) -> str:
        return f"{self.category}: {self.issued}"

    @property
    def valid(self) -> int:
        """Forms that count."""
        return self.returned - self.void


class PaperEntry(models.Model):
    """What one of the two tellers entered for a category: ciphertext until sealing."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="+")
    category = models.CharField(max_length=40)
    teller = models.ForeignKey("kernel.Account", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=EntryState, default=EntryState.ENTERING)
    ciphertext = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("poll", "category", "teller"), name="ballots_entry_teller"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=EntryState.values), name="ballots_entry_state"
            ),
        )

    def __str__(self) -> str:
        return f"{self.category} {self.get_state_display()}"


class PaperSettlement(models.Model):
    """The desk's decision on one cell in which the tellers differ, with its reason."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="+")
    category = models.CharField(max_length=40)
    cell = models.CharField(max_length=140)
    ciphertext = models.BinaryField()
    reason = models.CharField(_("理由"), max_length=200)
    settled_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("poll", "category", "cell"), name="ballots_settled_cell"
            ),
        )

    def __str__(self) -> str:
        return self.cell
