"""Pages that only those see who hold a permission somewhere, as the navigation does."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase

from shuzhi.kernel.access import Permission
from shuzhi.kernel.middleware import ActorRequest

View = Callable[..., HttpResponseBase]


def needs(permission: Permission) -> Callable[[View], View]:
    """Let only those see the page who hold the permission; the rest get 403."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: ActorRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.actor.has(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard
