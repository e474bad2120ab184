"""How the pages of this room fetch a meeting, and what belongs to it."""

from django.shortcuts import get_object_or_404

from shuzhi.gatherings.models import Attendee, Gathering, Turn
from shuzhi.kernel.access import Permission, load
from shuzhi.kernel.middleware import ActorRequest

DESK = Permission.GATHERING_DESK
PREPARE = Permission.GATHERING_PREPARE


def load_gathering(
    request: ActorRequest, public_id: str, do: Permission | None = None
) -> Gathering:
    """Return the meeting within reach (404), on which `do` is permitted (403)."""
    rows = Gathering.objects.select_related("unit", "poll")
    return load(rows, request.actor, Permission.GATHERING_VIEW, do, public_id=public_id)


def load_attendee(gathering: Gathering, public_id: str) -> Attendee:
    """Return somebody on the roll of a meeting already loaded."""
    return get_object_or_404(
        gathering.attendees.select_related("gathering__unit"), public_id=public_id
    )


def load_turn(gathering: Gathering, public_id: str) -> Turn:
    """Return a turn of a meeting already loaded."""
    return get_object_or_404(gathering.turns.select_related("gathering__unit"), public_id=public_id)
