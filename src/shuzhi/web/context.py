"""What the layout shows on every page: navigation, unit, year, and how the reader likes to read."""

from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest

from shuzhi.kernel.access import Actor
from shuzhi.kernel.middleware import actor_of_request
from shuzhi.kernel.navigation import Group, navigation, place_of
from shuzhi.kernel.scope import chosen_unit, chosen_year, years
from shuzhi.registry.queries import unit_name, unit_names

LARGE_TYPE_COOKIE = "large_type"


@dataclass
class Shell:
    """Asked by the templates alone, so that a page without navigation costs no query."""

    request: HttpRequest

    @cached_property
    def actor(self) -> Actor | None:
        return actor_of_request(self.request) if hasattr(self.request, "actor") else None

    @cached_property
    def signed_in(self) -> bool:
        user = getattr(self.request, "user", None)
        return bool(user and user.is_authenticated)

    @cached_property
    def navigation(self) -> list[Group]:
        return navigation(self.actor) if self.actor else []

    @cached_property
    def here(self) -> str:
        """The address of the navigation's entry below which this page stands."""
        return place_of(self.request.path, self.navigation)

    @cached_property
    def units(self) -> list[tuple[str, str]]:
        """Where somebody with posts in several units may work: path and name."""
        places = self.actor.places if self.actor else ()
        return unit_names(places) if len(places) > 1 else []

    @cached_property
    def chosen_unit(self) -> str:
        chosen = chosen_unit(self.request)
        return chosen if chosen in dict(self.units) else ""

    @cached_property
    def unit(self) -> str:
        if self.units:
            return dict(self.units).get(self.chosen_unit, "")
        return unit_name(self.actor.home_path) if self.actor else ""

    @cached_property
    def year(self) -> int:
        return chosen_year(self.request)

    @cached_property
    def years(self) -> list[int]:
        return sorted(years(self.request), reverse=True)

    @property
    def large_type(self) -> bool:
        return self.request.COOKIES.get(LARGE_TYPE_COOKIE) == "1"

    @property
    def idle_seconds(self) -> int:
        return settings.SESSION_COOKIE_AGE


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: `shell` in every template."""
    return {"shell": Shell(request)}
