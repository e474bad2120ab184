"""The desk: start, pause, question and finish the turn of a reporter."""

from shuzhi.gatherings.models import Gathering, Turn
from shuzhi.gatherings.queries import current, following, seconds
from shuzhi.gatherings.workflow import TURN
from shuzhi.kernel.access import Actor
from shuzhi.kernel.errors import StateError
from shuzhi.kernel.workflow import STALE, perform
from shuzhi.kernel.writes import verb


@verb
def step_turn(turn: Turn, step: str, *, actor: Actor) -> Turn:
    """Take one step of a turn; the seconds so far are kept, "again" sets them back."""
    locked = Turn.objects.select_for_update().get(pk=turn.pk)
    spent, asked = (0, 0) if step == "again" else seconds(locked)
    return perform(TURN, turn, step, actor=actor, spent=spent, asked=asked)


@verb
def next_turn(gathering: Gathering, *, actor: Actor, called: str | None = None) -> Turn | None:
    """Finish whoever reports and start the next who waits; None when nobody is left.

    `called` is the public id of who is to come, as the desk's page showed it: refused when
    another desk was faster, so that two presses never pass a reporter over.
    """
    Gathering.objects.select_for_update().get(pk=gathering.pk)
    rows = list(gathering.turns.select_related("gathering__unit"))
    running, waiting = current(rows), following(rows)
    if called is not None and (waiting is None or waiting.public_id != called):
        raise StateError(STALE)
    if running:
        step_turn(running, "finish", actor=actor)
    return step_turn(waiting, "start", actor=actor) if waiting else None
