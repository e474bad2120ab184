"""Fixed words of the matters room."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .schema.facts import FactType
from .schema.parties import PartyIs, PartyKind
from .schema.steps import FINAL, StateKind

__all__ = [
    "FINAL",
    "DeadlineState",
    "ExtensionState",
    "FactType",
    "PartyIs",
    "PartyKind",
    "StateKind",
    "StepKind",
    "Why",
]


class DeadlineState(models.TextChoices):
    RUNNING = "running", _("进行中")
    PAUSED = "paused", _("暂停计时")
    MET = "met", _("已办到")
    DROPPED = "dropped", _("不再适用")


class ExtensionState(models.TextChoices):
    ASKED = "asked", _("待批准")
    APPROVED = "approved", _("同意延期")
    REFUSED = "refused", _("不同意延期")


class StepKind(models.TextChoices):
    """What an entry of the story tells."""

    OPENED = "opened", _("立项")
    STEP = "step", _("办理")
    EXTENSION = "extension", _("延期")
    SPLIT = "split", _("分办")
    PARTY = "party", _("调整当事方")
    CALENDAR = "calendar", _("按工作日历重算期限")
    ESCALATED = "escalated", _("逾期报上级")
    CARRIED = "carried", _("转入下一年度")
    URGED = "urged", _("催办")
    IMPORTED = "imported", _("从台账导入")


class Why(models.TextChoices):
    """Why a digest names a matter, the most urgent first."""

    URGED = "urged", _("有人催办")
    OVERDUE = "overdue", _("已经逾期")
    TODAY = "today", _("今天到期")
    SOON = "soon", _("快要到期")
    ABOVE = "above", _("下级逾期，报给您")
