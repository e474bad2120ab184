"""Set a meeting up, open it, close it, and record what was said."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shuzhi.ballots import services as ballots
from shuzhi.gatherings.models import Gathering
from shuzhi.gatherings.queries import current
from shuzhi.gatherings.workflow import MEETING
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.workflow import perform
from shuzhi.kernel.writes import verb

from .speaking import step_turn

if TYPE_CHECKING:
    from shuzhi.ballots.models import Poll
    from shuzhi.registry.models import Unit

CHANGEABLE = (
    "title",
    "starts_at",
    "place",
    "host",
    "recorder",
    "agenda",
    "categories",
    "quorum_percent",
    "speech_minutes",
    "warn_seconds",
)


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
    """Set up a meeting of `unit`; `arrangements` are further changeable fields."""
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


@verb
def change_gathering(gathering: Gathering, *, actor: Actor, **changes: Any) -> Gathering:
    """Change the arrangements of a meeting; names outside `CHANGEABLE` raise KeyError."""
    require(actor, Permission.GATHERING_PREPARE, gathering)
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise KeyError(*unknown)
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


@verb
def record_minutes(gathering: Gathering, text: str, *, actor: Actor) -> Gathering:
    """Keep the meeting's record; the proof log keeps that it changed, not what it says."""
    require(actor, Permission.GATHERING_DESK, gathering)
    gathering.record = text
    gathering.full_clean(exclude=("poll", "agenda", "categories"))
    gathering.save(update_fields=["record"])
    record("gathering.recorded", gathering, actor=actor, after={"length": len(text)})
    return gathering
