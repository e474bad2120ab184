"""The desk: start, pause, question and finish the turn of a reporter."""

from shuzhi.gatherings.models import Gathering, Turn
from shuzhi.gatherings.queries import current, following, seconds
from shuzhi.gatherings.workflow import TURN
from shuzhi.kernel.access import Actor
from shuzhi.kernel.workflow import perform
from shuzhi.kernel.writes import verb


@verb
def step_turn(turn: Turn, step: str, *, actor: Actor) -> Turn:
    """Take one step of a turn; the seconds so far are kept, "again" sets them back."""
    locked = Turn.objects.select_for_update().get(pk=turn.pk)
    spent, asked = (0, 0) if step == "again" else seconds(locked)
    return perform(TURN, turn, step, actor=actor, spent=spent, asked=asked)


@verb
def next_turn(gathering: Gathering, *, actor: Actor) -> Turn | None:
    """Finish whoever reports and start the next who waits; None when nobody is left."""
    rows = list(gathering.turns.select_related("gathering__unit"))
    running, waiting = current(rows), following(rows)
    if running:
        step_turn(running, "finish", actor=actor)
    return step_turn(waiting, "start", actor=actor) if waiting else None
