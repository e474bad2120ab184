"""Set a meeting up, open it, close it, and record what was said."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from shuzhi.ballots import services as ballots
from shuzhi.gatherings.models import ARRANGED, Gathering
from shuzhi.gatherings.queries import current
from shuzhi.gatherings.workflow import MEETING
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.language import clauses
from shuzhi.kernel.seen import require_seen
from shuzhi.kernel.workflow import perform
from shuzhi.kernel.writes import verb

from .speaking import step_turn

if TYPE_CHECKING:
    from shuzhi.ballots.models import Poll
    from shuzhi.registry.models import Unit


@verb
def create_gathering(
    *,
    actor: Actor,
    title: str,
    unit: "Unit",
    year: int,
    starts_at: datetime,
    place: str,
    host: str,
    poll: "Poll | None" = None,
    categories: Sequence[dict[str, str]] = (),
    **arrangements: Any,
) -> Gathering:
    """Set up a meeting of `unit`; `arrangements` are further fields of `ARRANGED`."""
    gathering = Gathering(
        title=title,
        unit=unit,
        year=year,
        starts_at=starts_at,
        place=place,
        host=host,
        poll=poll,
        categories=list(categories),
        **arrangements,
    )
    require(actor, Permission.GATHERING_PREPARE, gathering)
    gathering.full_clean(exclude=("poll", "agenda", "categories"))
    gathering.save()
    record("gathering.created", gathering, actor=actor, after={"title": title, "year": year})
    return gathering


def _changed_arrangements(stored: Gathering) -> str:
    meets = timezone.localtime(stored.starts_at)
    parts = (stored.title, f"{meets:%Y-%m-%d %H:%M}", stored.place, stored.host, stored.recorder)
    words = _(
        "会议安排在您打开以后有人改过，现在是：%(now)s。您填的还在下面，再保存就以您填的为准。"
    )
    return words % {"now": clauses([*parts, *stored.agenda])}


@verb
def change_gathering(
    gathering: Gathering, *, actor: Actor, seen: str | None = None, **changes: Any
) -> Gathering:
    """Change the arrangements of a meeting; names outside `ARRANGED` raise KeyError.

    `seen` is the digest of the arrangements that were open: refused when they changed since.
    """
    require(actor, Permission.GATHERING_PREPARE, gathering)
    unknown = set(changes) - set(ARRANGED)
    if unknown:
        raise KeyError(*unknown)
    stored = Gathering.objects.select_for_update().get(pk=gathering.pk)
    require_seen(seen, stored.arrangements_digest, _changed_arrangements(stored))
    for name, value in changes.items():
        setattr(gathering, name, value)
    gathering.full_clean(exclude=("poll", "agenda", "categories"))
    gathering.save(update_fields=list(changes))
    record("gathering.changed", gathering, actor=actor, after={"fields": sorted(changes)})
    return gathering


@verb
def open_gathering(gathering: Gathering, *, actor: Actor) -> Gathering:
    """Open the meeting, and with it the poll."""
    perform(MEETING, gathering, "open", actor=actor)
    if gathering.poll:
        ballots.open_poll(actor=actor, poll=gathering.poll)
    return gathering


@verb
def close_gathering(gathering: Gathering, *, actor: Actor) -> Gathering:
    """Close the meeting, and with it the poll: what lies unsent on a phone is not counted.

    Whoever still reports is through with it: a clock would run on at a meeting that is over.
    """
    Gathering.objects.select_for_update().get(pk=gathering.pk)
    if reporting := current(list(gathering.turns.select_related("gathering__unit"))):
        step_turn(reporting, "finish", actor=actor)
    perform(MEETING, gathering, "close", actor=actor)
    if gathering.poll:
        ballots.close_poll(actor=actor, poll=gathering.poll)
    return gathering


def _changed_record(text: str) -> str:
    words = _(
        "会议记录在您打开以后有人改过，现在是：“%(text)s”。您写的还在下面，再保存就以您写的为准。"
    )
    return words % {"text": text}


@verb
def record_minutes(
    gathering: Gathering, text: str, *, actor: Actor, seen: str | None = None
) -> Gathering:
    """Keep the meeting's record; the proof log keeps that it changed, not what it says.

    `seen` is the digest of the record that was open: refused when somebody has changed it since.
    """
    require(actor, Permission.GATHERING_DESK, gathering)
    stored = Gathering.objects.select_for_update().get(pk=gathering.pk)
    require_seen(seen, stored.record_digest, _changed_record(stored.record))
    gathering.record = text
    gathering.full_clean(exclude=("poll", "agenda", "categories"))
    gathering.save(update_fields=["record"])
    record("gathering.recorded", gathering, actor=actor, after={"length": len(text)})
    return gathering
