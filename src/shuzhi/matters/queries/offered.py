"""Kinds of matter that somebody can open: enabled for their unit, and theirs to open."""

from dataclasses import dataclass

from shuzhi.catalogue import queries as catalogue
from shuzhi.kernel.access import Actor, Permission
from shuzhi.matters.mechanism import KIND, mechanism_of
from shuzhi.registry.queries import home_of


@dataclass(frozen=True)
class Kind:
    """A kind as it is offered: its title, what it is for, whether the reader may open one."""

    id: str
    title: str
    purpose: str
    words: str
    may: bool


def offered_kinds(actor: Actor, *, every: bool = False) -> list[Kind]:
    """Return the kinds that the actor's unit works with; only those to open unless `every`."""
    home = home_of(actor)
    if home is None:
        return []
    offered = catalogue.offered_to(home)
    rows = catalogue.of_kind(KIND).filter(mechanism__in=offered)
    found = []
    for row in rows.order_by("theme", "mechanism"):
        plan = mechanism_of(row.reference).plan
        may = plan.opens.anybody or actor.has(Permission.MATTER_OPEN)
        purpose = str(row.pack.envelope.purpose)
        found.append(Kind(row.mechanism, row.called, purpose, str(plan.words), may))
    return [kind for kind in found if every or kind.may]
