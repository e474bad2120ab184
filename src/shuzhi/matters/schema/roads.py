"""The roads of a matter: every state is reached, and every one that is not an end is left."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from .plan import MatterPlan

Path = tuple[str | int, ...]
Fault = tuple[Path, str]


def reached(plan: MatterPlan, start: Iterable[str], *, backwards: bool = False) -> set[str]:
    """Return the states to which a road leads from `start` (or from which one leads there)."""
    roads = [(source, row.to) for row in plan.transitions for source in row.from_]
    if backwards:
        roads = [(to, source) for source, to in roads]
    found, waiting = set(start), list(start)
    while waiting:
        here = waiting.pop()
        new = {to for source, to in roads if source == here} - found
        found |= new
        waiting += new
    return found


def road_faults(plan: MatterPlan) -> Iterator[Fault]:
    """Yield states that nobody reaches, and those from which no road leads to an end."""
    start = reached(plan, [plan.opens.state])
    ends = [row.id for row in plan.states if row.final]
    home = reached(plan, ends, backwards=True)
    if not ends:
        yield ("states",), _("至少要有一个办结状态（kind: done）")
    for number, row in enumerate(plan.states):
        at: Path = ("states", number, "id")
        if row.id not in start:
            words = {"id": row.id, "start": plan.opens.state}
            yield at, _("从“%(start)s”走不到“%(id)s”，请加一个通向它的步骤") % words
        elif ends and row.id not in home:
            yield at, _("“%(id)s”没有通向办结的步骤，请加一个从它出发的步骤") % {"id": row.id}
