"""Steps of a meeting and of a reporter's turn."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuzhi.kernel.access import Actor, Permission
from shuzhi.kernel.errors import StateError
from shuzhi.kernel.workflow import Transition, Workflow, fact, now

from .enums import RUNNING, GatheringState
from .enums import TurnState as T

DESK = Permission.GATHERING_DESK


def _halt(_actor: Actor, _facts: Mapping[str, Any]) -> None:
    """Stamp a clock that stands still."""


def _meeting_open(turn: Any, _actor: Actor, _facts: Mapping[str, Any]) -> None:
    if turn.gathering.state != GatheringState.OPEN:
        raise StateError(_("会议尚未开始或已经散会，不能述职。"))


def _nobody_else(turn: Any, _actor: Actor, _facts: Mapping[str, Any]) -> None:
    other = turn.gathering.turns.filter(state__in=RUNNING).exclude(pk=turn.pk).first()
    if other:
        raise StateError(_("%(name)s 还在述职，请先结束。") % {"name": other.name})


MEETING = Workflow(
    "gathering",
    (
        Transition(
            "open",
            _("宣布开会"),
            frozenset({GatheringState.PREPARING}),
            GatheringState.OPEN,
            DESK,
            stamps={"opened_at": now},
        ),
        Transition(
            "close",
            _("宣布散会"),
            frozenset({GatheringState.OPEN}),
            GatheringState.CLOSED,
            DESK,
            stamps={"closed_at": now},
        ),
    ),
)


def _turn(name: str, label: Any, sources: set[T], target: T, *, ticks: bool) -> Transition:
    """Return a step of a turn; each keeps the seconds so far and starts or halts the clock."""
    clock = {"spent": fact("spent"), "asked": fact("asked")}
    return Transition(
        name,
        label,
        frozenset(sources),
        target,
        DESK,
        guards=(_meeting_open, _nobody_else) if ticks else (_meeting_open,),
        stamps=clock | {"running_since": now if ticks else _halt},
    )


TURN = Workflow(
    "turn",
    (
        _turn("start", _("开始述职"), {T.WAITING}, T.SPEAKING, ticks=True),
        _turn("pause", pgettext_lazy("按钮", "暂停"), {T.SPEAKING}, T.PAUSED, ticks=False),
        _turn("resume", _("继续"), {T.PAUSED}, T.SPEAKING, ticks=True),
        _turn("ask", _("提问"), {T.SPEAKING, T.PAUSED}, T.QUESTIONS, ticks=True),
        _turn("finish", _("结束"), {T.SPEAKING, T.PAUSED, T.QUESTIONS}, T.DONE, ticks=False),
        _turn("again", _("重新等候"), {*RUNNING, T.DONE}, T.WAITING, ticks=False),
    ),
)
