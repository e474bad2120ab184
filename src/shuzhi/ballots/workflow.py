"""The states of a poll and the only steps between them.

Opening and closing belong to whoever runs the hall; sealing and annulling to who prepared it.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor, Permission
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.language import clauses
from shuzhi.kernel.workflow import Transition, Workflow, fact, now

from .enums import PollState
from .models import Poll


def _ready(poll: Poll, _actor: Actor, _facts: Mapping[str, Any]) -> None:
    from .queries import blocking

    if faults := blocking(poll):
        raise RefusedError(_("还不能开始测评：%(faults)s") % {"faults": clauses(faults)})


def _reconciled(poll: Poll, _actor: Actor, _facts: Mapping[str, Any]) -> None:
    from .queries import paper_faults

    if faults := paper_faults(poll):
        raise RefusedError(_("还不能封存：%(faults)s") % {"faults": clauses(faults)})


POLL_FLOW = Workflow(
    "poll",
    (
        Transition(
            "open",
            _("开始测评"),
            frozenset({PollState.DRAFT}),
            PollState.OPEN,
            Permission.GATHERING_DESK,
            guards=(_ready,),
            stamps={"opened_at": now, "cards_digest": fact("cards_digest")},
        ),
        Transition(
            "close",
            _("截止测评"),
            frozenset({PollState.OPEN}),
            PollState.CLOSED,
            Permission.GATHERING_DESK,
            stamps={"closed_at": now},
        ),
        Transition(
            "seal",
            _("封存票箱"),
            frozenset({PollState.CLOSED}),
            PollState.SEALED,
            Permission.POLL_MANAGE,
            guards=(_reconciled,),
            stamps={"sealed_at": now},
        ),
        Transition(
            "annul",
            _("作废"),
            frozenset({PollState.DRAFT, PollState.OPEN, PollState.CLOSED}),
            PollState.ANNULLED,
            Permission.POLL_MANAGE,
            requires=("reason",),
            stamps={"annulled_for": fact("reason")},
        ),
    ),
)
