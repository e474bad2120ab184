"""How the pages of this room fetch a poll."""

from django.http import Http404

from shuzhi.ballots.models import Poll
from shuzhi.ballots.schema import RaterCategory
from shuzhi.kernel.access import Permission, load
from shuzhi.kernel.middleware import ActorRequest

MANAGE = Permission.POLL_MANAGE
COUNT = Permission.POLL_COUNT


def load_poll(request: ActorRequest, public_id: str, do: Permission | None = None) -> Poll:
    """Return the poll within reach (404), on which `do` is permitted (403)."""
    rows = Poll.objects.select_related("unit")
    return load(rows, request.actor, Permission.POLL_VIEW, do, public_id=public_id)


def load_counted(request: ActorRequest, public_id: str) -> Poll:
    """Return the poll that the actor helps to count (404 otherwise)."""
    rows = Poll.objects.select_related("unit")
    return load(rows, request.actor, COUNT, public_id=public_id)


def category_of(poll: Poll, key: str) -> RaterCategory:
    """Return a category of the poll's form (404 if there is none)."""
    found = poll.parsed_form.category(key)
    if found is None:
        raise Http404
    return found
