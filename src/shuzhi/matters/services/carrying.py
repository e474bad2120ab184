"""Carry matters out of a closed year: the case goes on, what the year counted stays.

A carried matter keeps its number, history and deadlines. In the year that it left it counts as it
stood that day (`Carried`); what that year has counted is done, the next counts it no more.
"""

from collections.abc import Sequence

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from shuzhi.kernel.access import SYSTEM
from shuzhi.kernel.audit import record
from shuzhi.kernel.period import YearClosedError
from shuzhi.kernel.writes import verb
from shuzhi.matters.counting import mechanisms, tallied
from shuzhi.matters.enums import DeadlineState, StepKind
from shuzhi.matters.limits import BATCH
from shuzhi.matters.models import (
    Carried,
    CarriedCount,
    Matter,
    MatterCell,
    MatterDeadline,
    MatterStep,
)
from shuzhi.registry.queries import closed_into, is_open, period


def carry_over() -> int:
    """Carry the open matters of every closed year into the next open one; return how many.

    They go in short turns, each of them whole. Where no later year is open they wait until one is.
    Doing it twice changes nothing more.
    """
    return sum(_carry_all(year, to) for year, to in closed_into().items())


def _carry_all(year: int, to: int) -> int:
    done = 0
    while moved := _carry_some(year, to):
        done += moved
    return done


@verb
def _carry_some(year: int, to: int) -> int:
    rows = Matter.objects.filter(year=year, closed_on=None).order_by("pk")
    return _carry(rows[:BATCH], year, to)


def keep_going(matter: Matter) -> None:
    """See to it that `matter` stands in an open year, ended or not; refuse where there is none.

    Part of a verb that moves the matter: when that is refused, it has been carried nowhere.
    """
    if is_open(matter.year):
        return
    to = closed_into().get(matter.year)
    if to is None:
        words = _("%(year)d 年度已封存，下一年度还没有启用；请组织部门启用后接着办理。")
        raise YearClosedError(words % {"year": matter.year})
    _carry(Matter.objects.filter(pk=matter.pk, year=matter.year), matter.year, to)


def locked(matter: Matter) -> Matter:
    """Return the matter locked, and in an open year."""
    found = Matter.objects.select_for_update().get(pk=matter.pk)
    if not is_open(found.year):
        keep_going(found)
        found.refresh_from_db()
    return found


def _carry(rows: QuerySet[Matter], year: int, to: int) -> int:
    matters = list(rows.select_for_update())
    if matters:
        held = Matter.objects.filter(pk__in=[matter.pk for matter in matters])
        _keep(matters, held, year)
        _mark(held)
        _tell(matters, year, to)
        held.filter(closed_on__isnull=False).update(settled=True)
        held.update(year=to, reopened_before=F("reopened"))
    return len(matters)


def _keep(matters: Sequence[Matter], held: QuerySet[Matter], year: int) -> None:
    """Keep what the year counts of each of them."""
    rows = Carried.objects.bulk_create(
        Carried(matter=one, year=year, unit_id=one.unit_id, state_id=one.state_id)
        for one in matters
    )
    kept = {row.matter_id: row for row in rows}
    occur = {one.mechanism for one in matters}
    kinds = [kind for kind in mechanisms() if kind.id in occur]
    CarriedCount.objects.bulk_create(
        (CarriedCount(carried=kept[pk], key=key, number=number)
         for tally in tallied(held, kinds, by="pk").values()
         for key, counted in tally.items()
         for pk, number in counted.items() if number),
        batch_size=BATCH,
    )  # fmt: skip


def _mark(held: QuerySet[Matter]) -> None:
    """Mark what has been done so far: the year that they leave has counted it."""
    MatterStep.objects.filter(matter__in=held).update(earlier=True)
    MatterCell.objects.filter(matter__in=held).update(earlier=True)
    met = MatterDeadline.objects.filter(matter__in=held, state=DeadlineState.MET)
    met.update(earlier=True)


def _tell(matters: Sequence[Matter], year: int, to: int) -> None:
    words = {"year": year, "to": to}
    with override("zh-hans"):
        left = _("%(year)d 年度封存时还没有办结，转入 %(to)d 年度继续办理。") % words
        ended = _("%(year)d 年度已封存，转入 %(to)d 年度接着办理。") % words
    MatterStep.objects.bulk_create(
        MatterStep(
            matter=one,
            kind=StepKind.CARRIED,
            state=one.state_key,
            round=one.round,
            note=ended if one.ended else left,
        )
        for one in matters
    )
    if left_year := period(year):
        after = {"year": to, "matters": [one.public_id for one in matters]}
        record("matter.carried", left_year, actor=SYSTEM, before={"year": year}, after=after)
