"""Whom to remind of what today: what is due or overdue, urged, or passed on to the level above."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet

from shuzhi.kernel.access import Permission
from shuzhi.matters.enums import DeadlineState, Why
from shuzhi.matters.limits import BATCH
from shuzhi.matters.mechanism import mechanism_of
from shuzhi.matters.models import Matter, MatterDeadline, MatterParty
from shuzhi.registry.queries import acting_in

if TYPE_CHECKING:
    from shuzhi.matters.schema import Deadline

FURTHEST = timedelta(days=60)  # no reminder comes earlier than that
SHOWN = 200  # matters a digest names in each line; the list has the rest


@dataclass
class Lines:
    """A person's digest: matters by why they are named, each once."""

    found: dict[str, list[str]] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)

    def add(self, why: Why, matter: Matter) -> None:
        """Name a matter under a reason, unless a more urgent one has named it."""
        if matter.public_id in self.named or len(self.found.get(why.value, ())) >= SHOWN:
            return
        self.found.setdefault(why.value, []).append(matter.public_id)
        self.named.add(matter.public_id)


Digests = dict[int, Lines]  # by person


def reminders(
    today: date, among: QuerySet[Matter] | None = None
) -> tuple[Digests, list[MatterDeadline]]:
    """Return what each person is to be told, and the deadlines to pass on; of `among` or of all."""
    due = list(_near(today, among))
    late = _raised([row for row in due if _is_beyond(row, today)])
    digests: Digests = {}
    _name_urged(digests, among)
    _name_due(due, today, digests)
    _name_above(late, digests)
    return digests, late


def _rule(row: MatterDeadline) -> "Deadline":
    return mechanism_of(row.matter.reference).plan.by_deadline[row.key]


def _near(today: date, among: QuerySet[Matter] | None) -> Iterator[MatterDeadline]:
    """Yield the running deadlines that are overdue, due today, or due to be named today."""
    rows = MatterDeadline.objects.filter(
        state=DeadlineState.RUNNING,
        due_on__lte=today + FURTHEST,
        matter__closed_on=None,
        matter__split=False,  # its parts are reminded of instead
    ).select_related("matter__unit__parent")
    if among is not None:
        rows = rows.filter(matter__in=among)
    for row in rows.iterator(chunk_size=2000):
        left = (row.due_on - today).days
        if left <= 0 or left in _rule(row).remind:
            yield row


def _is_beyond(row: MatterDeadline, today: date) -> bool:
    rule = _rule(row)
    return rule.escalate and row.escalated_on is None and (today - row.due_on).days > rule.grace


def _raised(rows: list[MatterDeadline]) -> list[MatterDeadline]:
    """Return those above whose late party there is a unit, with that unit put in."""
    late = {row.matter_id: row.unit for row in _waited_for(row.matter_id for row in rows)}
    for row in rows:
        row.escalated_to = (late.get(row.matter_id) or row.matter.unit).parent
    return [row for row in rows if row.escalated_to]


def _name_urged(digests: Digests, among: QuerySet[Matter] | None) -> None:
    """Name what has been pressed for and has not moved since, whatever its deadlines."""
    rows = Matter.objects.filter(urged_on__isnull=False, closed_on=None, split=False)
    if among is not None:
        rows = rows.filter(pk__in=among)
    urged = {row.pk: row for row in rows}
    for matter, person in _turns(urged):
        digests.setdefault(person, Lines()).add(Why.URGED, urged[matter])


def _name_due(rows: Iterable[MatterDeadline], today: date, digests: Digests) -> None:
    """Name each matter to those whose turn it is."""
    by_matter: dict[int, list[MatterDeadline]] = {}
    for row in rows:
        by_matter.setdefault(row.matter_id, []).append(row)
    for matter, person in _turns(by_matter):
        for row in by_matter[matter]:
            digests.setdefault(person, Lines()).add(_why(row.due_on, today), row.matter)


def _why(due: date, today: date) -> Why:
    if due < today:
        return Why.OVERDUE
    return Why.TODAY if due == today else Why.SOON


def _name_above(late: Iterable[MatterDeadline], digests: Digests) -> None:
    """Name what is passed on to those who act for the unit above."""
    rows = [(row.matter, row.escalated_to_id or 0) for row in late]
    acting = acting_in(Permission.MATTER_ACT, {unit for _matter, unit in rows})
    for matter, unit in rows:
        for person in acting.get(unit, []):
            digests.setdefault(person.pk, Lines()).add(Why.ABOVE, matter)


def _turns(matters: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield matter and person: who may act for the party that is waited for."""
    rows = _waited_for(matters)
    acting = acting_in(Permission.MATTER_ACT, {row.unit_id for row in rows if row.unit_id})
    for row in rows:
        if row.person_id:
            yield row.matter_id, row.person_id
        else:
            yield from ((row.matter_id, one.pk) for one in acting.get(row.unit_id or 0, []))


def _waited_for(matters: Iterable[int]) -> list[MatterParty]:
    """Return the parties whose turn it is, with their units."""
    keys, rows = sorted(set(matters)), []
    for start in range(0, len(keys), BATCH):
        waiting = Q(matter__in=keys[start : start + BATCH], party=F("matter__state__waits_for"))
        rows += list(MatterParty.objects.filter(waiting).select_related("unit__parent").order_by())
    return rows
