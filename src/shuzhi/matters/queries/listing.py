"""Matters as lists show them: what somebody may see, what waits for whom, how urgent it is."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from shuzhi.catalogue import queries as catalogue
from shuzhi.kernel.access import Actor, Permission, visible
from shuzhi.kernel.access.rule import EVERYTHING
from shuzhi.kernel.language import listed
from shuzhi.matters.enums import DeadlineState, PartyKind, StateKind
from shuzhi.matters.mechanism import KIND, mechanism_of
from shuzhi.matters.models import Carried, Matter, MatterDeadline, MatterParty, MatterState

SOON = 3  # days from which a countdown turns amber
SUNDAY = 6


class View(StrEnum):
    """Ways to look at the list, as tabs show them."""

    MINE = "mine"
    OTHERS = "others"
    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    OPEN = "open"
    ENDED = "ended"


def acting(actor: Actor) -> Q:
    """Return the condition for the parties for which `actor` may act."""
    own = visible(actor, Permission.MATTER_ACT, MatterParty)
    return own | Q(person_id=actor.person_id) if actor.person_id else own


def seen(actor: Actor) -> QuerySet[Matter]:
    """Return what `actor` may see: within reach, with a part in it, or passed on to their unit."""
    reach = visible(actor, Permission.MATTER_VIEW, Matter)
    if reach == EVERYTHING:
        return Matter.objects.all()
    # An unannounced visit is seen by whoever plans it, not by the unit that is to be visited.
    told = Q(state__unseen_by="") | visible(actor, Permission.MATTER_MANAGE, Matter)
    part = MatterParty.objects.filter(acting(actor)).exclude(party=F("matter__state__unseen_by"))
    late = passed_on(visible(actor, Permission.MATTER_ACT, MatterDeadline))
    came = Q(pk__in=late.values("matter_id"), state__unseen_by="")
    return Matter.objects.filter((reach & told) | Q(pk__in=part.values("matter_id")) | came)


def passed_on(to: Q) -> QuerySet[MatterDeadline]:
    """Return the deadlines, late beyond their grace, that came to the units which `to` means."""
    passed = MatterDeadline.objects.filter(to, escalated_to__isnull=False)
    return passed.filter(state=DeadlineState.RUNNING)


def _asked_by_name() -> Q:
    """Return the condition for people who were named to look at what waits: re-inspectors.

    The turn is the office's; but somebody named for just this wants to find it among the own.
    """
    found = Q(pk__in=())
    codes = MatterState.objects.filter(kind=StateKind.WAITING).values_list("code", flat=True)
    for code in codes.order_by("code"):
        reference, _colon, key = code.rpartition(":")
        plan = mechanism_of(reference).plan
        steps = [row for row in plan.transitions if key in row.from_]
        names = {name for row in steps for name in row.by}
        people = [name for name in names if plan.by_party[name].kind is PartyKind.PERSON]
        if people:
            found |= Q(matter__state=code, party__in=people)
    return found


def is_mine(actor: Actor) -> Q:
    """Return the condition for matters in which it is the actor's turn.

    By unit and by person apart: each has an index, both in one condition have none. That they are
    open is asked of what was found: asked inside, SQLite would begin with all that are open.
    """
    turn = Q(party=F("matter__state__waits_for"))
    if actor.person_id:
        turn |= _asked_by_name()
    waiting = MatterParty.objects.filter(turn).order_by().values("matter_id")
    mine = waiting.filter(visible(actor, Permission.MATTER_ACT, MatterParty))
    if actor.person_id:
        mine = mine.union(waiting.filter(person_id=actor.person_id))
    return Q(pk__in=mine, split=False, closed_on=None)


IS_OPEN = Q(closed_on=None)
LOOKS: Mapping[str, Callable[[Actor, date], Q]] = {
    View.MINE: lambda actor, _today: is_mine(actor),
    View.OTHERS: lambda actor, _today: IS_OPEN & ~is_mine(actor),
    View.OVERDUE: lambda _actor, today: Q(due__lt=today),
    View.TODAY: lambda _actor, today: Q(due=today),
    View.WEEK: lambda _actor, today: Q(due__gt=today, due__lte=_sunday(today)),
    View.OPEN: lambda _actor, _today: IS_OPEN,
    View.ENDED: lambda _actor, _today: Q(closed_on__isnull=False),
}


def _sunday(today: date) -> date:
    return today + timedelta(days=SUNDAY - today.weekday())


def looked_at(view: str, actor: Actor, today: date) -> Q:
    """Return the condition of one way to look; of an unknown one, all that is open."""
    return LOOKS.get(view, LOOKS[View.OPEN])(actor, today)


def counts(rows: QuerySet[Matter], actor: Actor, today: date) -> Mapping[str, int]:
    """Return how many open matters each way of looking holds.

    A query for each, because each has an index; one for all would read every open matter.
    """
    held = rows.filter(closed_on=None).order_by()
    asked = (View.MINE, View.OVERDUE, View.TODAY, View.WEEK, View.OPEN)
    found: dict[str, int] = {
        view: held.filter(looked_at(view, actor, today)).count() for view in asked
    }
    return found | {View.OTHERS: found[View.OPEN] - found[View.MINE]}


def with_names(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """Read what a list shows beside the row: unit, state, and who takes part."""
    parties = MatterParty.objects.select_related("unit", "person")
    return rows.select_related("unit", "state").prefetch_related(Prefetch("parties", parties))


def with_left(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """Read as well which years have left the row behind, and where it stood then."""
    return rows.prefetch_related(Prefetch("left", Carried.objects.select_related("state")))


def stood(matter: Matter, year: int | None = None) -> str:
    """Return where the matter stood when a year was sealed (or each of them); "" if in none."""
    told = [
        _("%(year)d 年封存时是“%(state)s”，已转入 %(now)d 年度")
        % {"year": row.year, "state": row.state, "now": matter.year}
        for row in matter.left.all()
        if year in (None, row.year)
    ]
    return listed(told)


def turn_names(matter: Matter) -> list[str]:
    """Return whose turn it is by name; parties have been read with the row."""
    if matter.ended:
        return []
    held = [row for row in matter.parties.all() if row.party == matter.state.waits_for]
    return [row.unit.short_name if row.unit else str(row.person) for row in held]


def kind_words(matter: Matter) -> str:
    """Return what people call such a matter."""
    return str(mechanism_of(matter.reference).plan.words)


def kinds() -> list[tuple[str, str]]:
    """Return every kind of matter that the catalogue knows, by id and title."""
    return [(row.mechanism, row.called) for row in catalogue.of_kind(KIND)]


def state_label(kind: str, key: str) -> str:
    """Return what a state of a kind is called, as the latest version that has it says."""
    rows = MatterState.objects.filter(code__startswith=f"{kind}@", key=key)
    found = rows.order_by("-version").first()
    return str(found) if found else ""


TONES = {
    StateKind.OPEN: "going",
    StateKind.WAITING: "waiting",
    StateKind.PAUSED: "plain",
    StateKind.DONE: "done",
    StateKind.FAILED: "warn",
    StateKind.DROPPED: "plain",
}
