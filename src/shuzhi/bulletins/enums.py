"""Fixed words of the bulletins room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BulletinState(models.TextChoices):
    WRITING = "writing", _("拟稿中")
    DRAFTED = "drafted", _("待审核")
    CHECKED = "checked", _("待签发")
    ISSUED = "issued", _("已印发")
    WITHDRAWN = "withdrawn", _("已撤回")
    DISCARDED = "discarded", _("已作废草稿")


class Scope(models.TextChoices):
    """Who may read a bulletin once it is issued."""

    UNITS = "units", _("本级及所属各党组织")
    INTERNAL = "internal", _("仅本级领导和组织部门")


class FileKind(models.TextChoices):
    """The files of a bulletin."""

    WORD = "word", _("Word 文件")
    PDF = "pdf", _("PDF 文件")
    EXCEL = "excel", _("考核结果(Excel)")
    SEALED = "sealed", _("盖章件")


DRAFTS = (BulletinState.WRITING, BulletinState.DRAFTED, BulletinState.CHECKED)
PUBLIC = (BulletinState.ISSUED, BulletinState.WITHDRAWN)
