"""How the pages of this room fetch a matter, and what belongs to it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from shuzhi.kernel.errors import StateError
from shuzhi.kernel.middleware import ActorRequest
from shuzhi.kernel.workflow import STALE
from shuzhi.matters.mechanism import Mechanism, in_force, mechanism_of
from shuzhi.matters.models import Matter
from shuzhi.matters.queries.listing import seen, with_names
from shuzhi.matters.schema import Transition


def load_matter(request: ActorRequest, public_id: str) -> Matter:
    """Return a matter that the reader may see (404)."""
    return get_object_or_404(with_names(seen(request.actor)), public_id=public_id)


def load_kind(kind: str) -> Mechanism:
    """Return the latest version of a kind of matter (404)."""
    row = in_force(kind)
    if row is None:
        raise Http404
    return mechanism_of(row.reference)


def load_step(request: ActorRequest, matter: Matter, key: str) -> tuple[Mechanism, Transition]:
    """Return a step of the mechanism: none such (404), not theirs (403), not now (refused)."""
    mechanism = mechanism_of(matter.reference)
    row = mechanism.plan.by_step.get(key)
    if row is None:
        raise Http404
    step = mechanism.flow[key]
    if not step.permits(matter, request.actor):
        raise PermissionDenied
    if not step.possible(matter, matter.state_id):
        raise StateError(STALE)
    return mechanism, row
