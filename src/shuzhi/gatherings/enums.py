"""Fixed words of a meeting."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GatheringState(models.TextChoices):
    PREPARING = "preparing", _("筹备中")
    OPEN = "open", _("会议进行中")
    CLOSED = "closed", _("已散会")


class Presence(models.TextChoices):
    """How somebody who was called stands; only `present` and `substitute` count as there."""

    EXPECTED = "expected", _("未签到")
    PRESENT = "present", _("到会")
    SUBSTITUTE = "substitute", _("替会")
    EXCUSED = "excused", _("请假")


class TurnState(models.TextChoices):
    WAITING = "waiting", _("等候")
    SPEAKING = "speaking", _("正在述职")
    PAUSED = "paused", _("暂停")
    QUESTIONS = "questions", _("提问")
    DONE = "done", _("已述职")


THERE = (Presence.PRESENT, Presence.SUBSTITUTE)
RUNNING = (TurnState.SPEAKING, TurnState.PAUSED, TurnState.QUESTIONS)
TICKING = (TurnState.SPEAKING, TurnState.QUESTIONS)
