"""Stored files: bytes on disk under their digest, and what a person called them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.fields import PublicIdField


class StoredFile(models.Model):
    """An uploaded or produced file; equal bytes are kept once on disk."""

    public_id = PublicIdField()
    name = models.CharField(_("文件名"), max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("大小"))
    sha256 = models.CharField(max_length=64, db_index=True)
    uploaded_by = models.ForeignKey("kernel.Account", models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("文件")

    def __str__(self) -> str:
        return self.name
