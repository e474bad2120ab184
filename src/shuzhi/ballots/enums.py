"""Fixed words of ballots: states of a poll and of a slip, and how paper is counted."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PollState(models.TextChoices):
    DRAFT = "draft", _("准备中")
    OPEN = "open", _("正在测评")
    CLOSED = "closed", _("已截止，待封存")
    SEALED = "sealed", _("已封存")
    ANNULLED = "annulled", _("已作废")


ENDED = (PollState.SEALED, PollState.ANNULLED)


class SlipState(models.TextChoices):
    """A slip that nobody used becomes `late` when the poll closes, so that none can slip in."""

    UNUSED = "unused", _("未用")
    USED = "used", _("已用")
    CANCELLED = "cancelled", _("已注销")
    LATE = "late", _("截止时未用")


class PaperMode(models.TextChoices):
    """How tellers enter paper forms."""

    TALLIES = "tallies", _("按“正”字计票单录入")
    BALLOTS = "ballots", _("逐张录入")


class EntryState(models.TextChoices):
    ENTERING = "entering", _("正在录入")
    FINISHED = "finished", _("已录完")
