"""A way to look at a list that a person has kept: its search, filters and order under a name."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.fields import PublicIdField

from .account import Account


class SavedView(models.Model):
    """`query` is the address's query string, only what the list itself understands."""

    public_id = PublicIdField()
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    table = models.CharField(max_length=60)
    name = models.CharField(_("名称"), max_length=30)
    query = models.CharField(max_length=1000)

    class Meta:
        verbose_name = _("保存的筛选")
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("account", "table", "name"), name="kernel_saved_view_once"
            ),
        )

    def __str__(self) -> str:
        return self.name
