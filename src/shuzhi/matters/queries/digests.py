"""What a person was told day by day; before the day's round, what it would say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from shuzhi.kernel.access import Actor
from shuzhi.matters.enums import Why
from shuzhi.matters.models import DailyRound, Digest, Matter, MatterParty

from .listing import is_mine, seen, with_names
from .reminders import Lines, reminders

DAYS = 14  # the page goes back so far; what is older is not kept


@dataclass(frozen=True)
class Part:
    """The matters named for one reason; `gone` are those that the reader sees no longer."""

    why: Why
    matters: tuple[Matter, ...]
    gone: int


@dataclass(frozen=True)
class Day:
    """One day's digest; `written` is False while it is only what the round would say."""

    day: date
    parts: tuple[Part, ...]
    written: bool = True


def days(actor: Actor, today: date) -> list[Day]:
    """Return today and the days of the last two weeks on which the person was told something."""
    kept = Digest.objects.filter(
        person=actor.person_id, day__gt=today - timedelta(days=DAYS), day__lte=today
    )
    told = {row.day: row.lines for row in kept}
    written = today in told or DailyRound.objects.filter(day=today).exists()
    told.setdefault(today, {} if written else _would_be(actor, today))
    keys = {key for lines in told.values() for held in lines.values() for key in held}
    rows = with_names(seen(actor)).filter(public_id__in=keys)
    known = {row.public_id: row for row in rows}
    return [
        Day(day, _parts(told[day], known), written or day != today)
        for day in sorted(told, reverse=True)
    ]


def _would_be(actor: Actor, today: date) -> dict[str, list[str]]:
    digests, _late = reminders(today, concerning(actor))
    return digests.get(actor.person_id or 0, Lines()).found


def concerning(actor: Actor) -> QuerySet[Matter]:
    """Return what a digest of the actor's can name: their turn, or that of a unit right below."""
    home = actor.home_path
    owed = MatterParty.objects.filter(
        Q(unit__parent__path=home) | Q(person__isnull=False, matter__unit__parent__path=home),
        party=F("matter__state__waits_for"),
        matter__closed_on=None,
    )
    return Matter.objects.filter(is_mine(actor) | Q(pk__in=owed.values("matter")))


def _parts(lines: Mapping[str, list[str]], known: Mapping[str, Matter]) -> tuple[Part, ...]:
    found = []
    for why in Why:
        named = lines.get(why.value, [])
        matters = tuple(known[key] for key in named if key in known)
        if named:
            found.append(Part(why, matters, len(named) - len(matters)))
    return tuple(found)
