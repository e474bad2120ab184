"""The day's round: one digest for each person, overdue matters passed on to the level above."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.utils.translation import gettext as _

from shuzhi.kernel.access import SYSTEM, Permission
from shuzhi.kernel.audit import record
from shuzhi.kernel.writes import verb
from shuzhi.matters.enums import DeadlineState, StepKind
from shuzhi.matters.limits import BATCH
from shuzhi.matters.mechanism import mechanism_of
from shuzhi.matters.models import (
    DailyRound,
    Digest,
    Matter,
    MatterDeadline,
    MatterParty,
    MatterStep,
)
from shuzhi.registry.queries import acting_in

if TYPE_CHECKING:
    from shuzhi.matters.schema import Deadline

FURTHEST = timedelta(days=60)  # no reminder comes earlier than that
SHOWN = 200  # matters a digest names in each line; the list has the rest
ABOVE = "above"


@dataclass
class Lines:
    """A person's digest: matters by why they are named, each once."""

    found: dict[str, list[str]] = field(default_factory=dict)

    def add(self, why: str, matter: Matter) -> None:
        """Name a matter under a reason."""
        held = self.found.setdefault(why, [])
        if matter.public_id not in held and len(held) < SHOWN:
            held.append(matter.public_id)


@verb
def daily_round(today: date) -> DailyRound | None:
    """Write today's digests and pass on what is overdue beyond its grace; once a day."""
    if DailyRound.objects.filter(day=today).exists():
        return None
    due = list(_near(today))
    late = [row for row in due if _is_escalated(row, today)]
    digests: dict[int, Lines] = {}
    _remind(due, today, digests)
    _escalate(late, today, digests)
    Digest.objects.bulk_create(
        (Digest(person_id=person, day=today, lines=lines.found)
         for person, lines in sorted(digests.items())),
        batch_size=BATCH,
    )  # fmt: skip
    return DailyRound.objects.create(day=today, digests=len(digests), escalated=len(late))


def rule_of(row: MatterDeadline) -> "Deadline":
    """Return what the mechanism says of a running deadline."""
    return mechanism_of(row.matter.reference).plan.by_deadline[row.key]


def _near(today: date) -> Iterator[MatterDeadline]:
    """Yield the running deadlines that are overdue, due today, or due to be named today."""
    rows = MatterDeadline.objects.filter(
        state=DeadlineState.RUNNING, due_on__lte=today + FURTHEST, matter__closed_on=None
    ).select_related("matter__unit__parent")
    for row in rows.iterator(chunk_size=2000):
        left = (row.due_on - today).days
        if left <= 0 or left in rule_of(row).remind:
            yield row


def _is_escalated(row: MatterDeadline, today: date) -> bool:
    rule = rule_of(row)
    beyond = (today - row.due_on).days > rule.grace
    above = row.matter.unit.parent is not None
    return rule.escalate and beyond and above and row.escalated_on is None


def _remind(rows: Iterable[MatterDeadline], today: date, digests: dict[int, Lines]) -> None:
    """Name each matter to those whose turn it is."""
    by_matter: dict[int, list[MatterDeadline]] = {}
    for row in rows:
        by_matter.setdefault(row.matter_id, []).append(row)
    for turn in _turns(by_matter):
        for row in by_matter[turn.matter_id]:
            why = "overdue" if row.due_on < today else "today" if row.due_on == today else "soon"
            for person in turn.people:
                digests.setdefault(person, Lines()).add(why, row.matter)


@dataclass(frozen=True)
class Turn:
    """Whose turn it is in a matter: the people who may act for the party that is waited for."""

    matter_id: int
    people: tuple[int, ...]


def _turns(matters: Iterable[int]) -> Iterator[Turn]:
    keys, rows = sorted(matters), []
    for start in range(0, len(keys), BATCH):
        waiting = Q(matter__in=keys[start : start + BATCH], party=F("matter__state__waits_for"))
        rows += list(MatterParty.objects.filter(waiting).order_by())
    acting = acting_in(Permission.MATTER_ACT, {row.unit_id for row in rows if row.unit_id})
    for row in rows:
        if row.person_id:
            yield Turn(row.matter_id, (row.person_id,))
        else:
            people = acting.get(row.unit_id or 0, [])
            yield Turn(row.matter_id, tuple(person.pk for person in people))


def _escalate(late: list[MatterDeadline], today: date, digests: dict[int, Lines]) -> None:
    """Tell the level above, once for each run of a deadline, and write it into the story."""
    above = {row.matter.unit.parent for row in late}
    acting = acting_in(Permission.MATTER_ACT, {unit.pk for unit in above if unit})
    steps = []
    for row in late:
        unit = row.matter.unit.parent
        if unit is None:
            continue
        row.escalated_on = today
        for person in acting.get(unit.pk, []):
            digests.setdefault(person.pk, Lines()).add(ABOVE, row.matter)
        words = {"n": (today - row.due_on).days, "unit": unit.name}
        note = _("已逾期 %(n)d 天，报%(unit)s。") % words
        steps.append(
            MatterStep(
                matter=row.matter,
                kind=StepKind.ESCALATED,
                state=row.matter.state_key,
                round=row.round,
                unit=unit,
                note=note,
            )
        )
        record("matter.escalated", row.matter, actor=SYSTEM, after={"to": unit.code})
    MatterDeadline.objects.bulk_update(late, ["escalated_on"], batch_size=BATCH)
    MatterStep.objects.bulk_create(steps, batch_size=BATCH)
