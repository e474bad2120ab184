"""What stands in the registry within an actor's reach, read in a few queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from shuzhi.kernel.access import Actor, Permission, visible
from shuzhi.registry.models import Appointment, Person, Unit

CHUNK = 500  # values in one condition; SQLite takes no more than some thousand


@dataclass(frozen=True)
class Post:
    """A post that stands, or that a row would add."""

    person: object  # a key, or the row that adds the person
    unit: str
    post: str
    since: date
    until: date | None
    leads: bool
    pk: int | None = None


@dataclass
class Known:
    """The registry within reach: units by code, people by number and by name."""

    units: dict[str, Unit]
    people: dict[str, Person]
    by_name: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    posts: dict[str, list[Post]] = field(default_factory=lambda: defaultdict(list))

    def codes_taken(self, codes: Iterable[str]) -> set[str]:
        """Return which codes belong to units beyond the reach."""
        foreign = sorted(set(codes) - set(self.units))
        taken: set[str] = set()
        for at in range(0, len(foreign), CHUNK):
            some = Unit.objects.filter(code__in=foreign[at : at + CHUNK])
            taken |= set(some.values_list("code", flat=True))
        return taken


def known_to(actor: Actor) -> Known:
    """Read units, people and posts that `actor` may manage: three queries."""
    manage = Permission.REGISTRY_MANAGE
    units = Unit.objects.filter(visible(actor, manage, Unit)).select_related("parent")
    people = Person.objects.filter(visible(actor, manage, Person), temporary=False)
    known = Known(
        units={unit.code: unit for unit in units},
        people={person.public_id: person for person in people.select_related("home")},
    )
    for person in known.people.values():
        known.by_name[person.name].append(person)
    posts = Appointment.objects.filter(visible(actor, manage, Appointment))
    fields = ("person_id", "unit__code", "post", "since", "until", "leads", "pk")
    for row in posts.values_list(*fields):
        known.posts[row[1]].append(Post(*row))
    return known
