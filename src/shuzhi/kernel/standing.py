"""Who is behind, and why: rooms register pictures, home shows them to whoever oversees units."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise

from .access import Actor
from .tables.declare import Tone

SHOWN = 5  # units named in a picture; the rest is behind its link


@dataclass(frozen=True)
class Part:
    """A part of the whole, as a stretch of the picture's bar: a word, how many, how it looks."""

    word: str | Promise
    count: int
    tone: Tone
    start: int = 0  # where the stretch begins


@dataclass(frozen=True)
class Behind:
    """One unit that is behind: why, in a sentence, and the page that shows it."""

    unit: str
    url: str
    why: str | Promise
    late: bool = False


@dataclass(frozen=True)
class Standing:
    """One picture: how all units stand, and who is behind."""

    title: str | Promise
    url: str
    parts: tuple[Part, ...]
    behind: tuple[Behind, ...] = field(default=())
    more: int = 0  # units behind that are not named

    @property
    def whole(self) -> int:
        return sum(part.count for part in self.parts)


Provider = Callable[[Actor, int], list[Standing]]
_providers: list[Provider] = []


def register_standings(provider: Provider) -> None:
    """Register a room's provider at start-up; it costs a fixed number of queries."""
    if provider not in _providers:
        _providers.append(provider)


def standings(actor: Actor, year: int) -> list[Standing]:
    """Return the pictures that say something to `actor` in the year of work."""
    found = [standing for provider in _providers for standing in provider(actor, year)]
    return [standing for standing in found if standing.whole]


def stretched(parts: Sequence[tuple[str | Promise, int, Tone]]) -> tuple[Part, ...]:
    """Return the parts that hold something, each beginning where the one before ends."""
    found, start = [], 0
    for word, count, tone in parts:
        if count:
            found.append(Part(word, count, tone, start))
        start += count
    return tuple(found)
