"""Put the actor on every request."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from .access import Actor, actor_for
from .scope import chosen_unit


class ActorRequest(HttpRequest):
    """A request that knows who acts."""

    actor: Actor


def actor_of_request(request: HttpRequest) -> Actor:
    """Return who acts in this request."""
    return cast("ActorRequest", request).actor


def actor_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Give `request.actor`, read when first asked for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        def actor() -> Actor:
            return actor_for(request.user).at(chosen_unit(request))

        cast("ActorRequest", request).actor = cast("Actor", SimpleLazyObject(actor))
        return get_response(request)

    return middleware
