"""What is left after sealing: marks under fresh labels, remarks without any, receipts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .poll import Poll


class SealedMark(models.Model):
    """One mark. The label is fresh for each subject and item: no two marks show one hand."""

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=40)
    item = models.CharField(max_length=40)
    category = models.CharField(max_length=40)
    label = models.CharField(max_length=12)
    value = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("评分")
        constraints = (
            models.UniqueConstraint(
                fields=("poll", "subject", "item", "label"), name="ballots_mark_label"
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} {self.item} {self.category} {self.value}"


class Remark(models.Model):
    """One line of opinion on a reporter, of no category and under no label."""

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=40)
    text = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("意见建议")

    def __str__(self) -> str:
        return self.text


class Receipt(models.Model):
    """A ballot was counted in; the list is sorted and says nothing else."""

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="+")
    code = models.CharField(max_length=16)

    class Meta:
        verbose_name = _("回执")
        constraints = (
            models.UniqueConstraint(fields=("poll", "code"), name="ballots_receipt_code"),
        )

    def __str__(self) -> str:
        return self.code
