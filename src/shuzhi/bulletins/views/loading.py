"""How the pages of this room fetch things: outside reach 404, inside but not permitted 403."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404

from shuzhi.appraisal.queries import papers
from shuzhi.bulletins.models import Bulletin
from shuzhi.bulletins.queries import feedback_rows, readable
from shuzhi.kernel.access import Permission, allows, load
from shuzhi.kernel.middleware import ActorRequest

if TYPE_CHECKING:
    from shuzhi.appraisal.models import Entrant, Review


def load_bulletin(request: ActorRequest, public_id: str, do: Permission | None = None) -> Bulletin:
    """Return a bulletin that the actor may read, and on which `do` is permitted."""
    found = readable(request.actor).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    if do is not None and not allows(request.actor, do, found):
        raise PermissionDenied
    return found


def load_review(request: ActorRequest, public_id: str, do: Permission | None = None) -> "Review":
    """Return a review whose meeting the actor may see (not its reporters as such)."""
    rows = papers.reviews()
    return load(rows, request.actor, Permission.GATHERING_VIEW, do, public_id=public_id)


def load_entrant(request: ActorRequest, public_id: str) -> "Entrant":
    """Return a reporter whose page the actor may read; another reporter's does not exist."""
    found = feedback_rows(request.actor).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found
