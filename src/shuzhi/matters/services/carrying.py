"""Carry what is open out of a closed year: the case goes on, what the year counted stays.

A carried matter keeps its number, history and deadlines. It counts in the year to which it was
carried; in the year that it left it counts as it stood that day (`CarriedShare`).
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from shuzhi.kernel.access import SYSTEM
from shuzhi.kernel.audit import record
from shuzhi.kernel.writes import verb
from shuzhi.matters.counting import countable, mechanisms, tallied
from shuzhi.matters.enums import StepKind
from shuzhi.matters.limits import BATCH
from shuzhi.matters.models import CarriedShare, Matter, MatterStep
from shuzhi.registry.queries import closed_into


@verb
def carry_over() -> int:
    """Carry the open matters of every closed year into the next open one; return how many.

    Where no later year is open they wait until one is. Doing it twice changes nothing more.
    """
    return sum(_carry(year, to) for year, to in closed_into().items())


def _carry(year: int, to: int) -> int:
    rows = Matter.objects.filter(year=year, closed_on=None)
    matters = list(rows.order_by("pk").select_for_update())
    if matters:
        _keep_share(year)
        _tell(matters, year, to)
        rows.update(year=to)
    return len(matters)


def _keep_share(year: int) -> None:
    left = countable(Matter.objects.filter(year=year, closed_on=None))
    shares = tallied(left, mechanisms())
    CarriedShare.objects.bulk_create(
        CarriedShare(year=year, mechanism=kind, tally=tally)
        for kind, tally in shares.items()
        if tally.get("total")
    )


def _tell(matters: Sequence[Matter], year: int, to: int) -> None:
    words = {"year": year, "to": to}
    note = _("%(year)d 年度封存时还没有办结，转入 %(to)d 年度继续办理。") % words
    steps = [
        MatterStep(
            matter=matter,
            kind=StepKind.CARRIED,
            state=matter.state_key,
            round=matter.round,
            note=note,
        )
        for matter in matters
    ]
    MatterStep.objects.bulk_create(steps, batch_size=BATCH)
    for matter in matters:
        record("matter.carried", matter, actor=SYSTEM, before={"year": year}, after={"year": to})
