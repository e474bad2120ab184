"""Kinds of mechanism, one for each room that hosts one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    POLL = "poll", _("测评")
    MATTER = "matter", _("督办事项")
    GATHERING = "gathering", _("会议")
    SCHEME = "scheme", _("考核方案")


class Source(models.TextChoices):
    """How far the text of a rule has been checked."""

    READ = "read", _("已对照原文")
    SECOND_HAND = "second-hand", _("据转引")
    RECALLED = "recalled", _("待核实")
