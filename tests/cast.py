"""The fixed cast of the tests: one county, two towns, their communities, one person a role.

`insider` roles stand in TOWN; the outsider is the other town's commissioner, who must find
nothing (404) of TOWN's.
"""

from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from shuzhi.kernel.access import Actor
from shuzhi.kernel.models import Account
from shuzhi.registry.enums import Role, UnitKind
from shuzhi.registry.grants import actor_of
from shuzhi.registry.models import Appointment, Period, Person, RoleGrant, Unit

PASSWORD = "Correct-Horse-7"
SINCE = date(2020, 1, 1)
COMMUNITIES = 3
YEAR = timezone.localdate().year  # the work of the tests goes on, as that of a department does


def unit(code: str, name: str, kind: UnitKind, parent: Unit | None = None) -> Unit:
    """Make a unit below `parent`, its path one step longer."""
    position = Unit.objects.filter(parent=parent).count() + 1
    path = f"{parent.path if parent else ''}{position:04d}"
    return Unit.objects.create(
        code=code, name=name, short_name=name[:4], kind=kind, parent=parent, path=path
    )


@dataclass(frozen=True)
class Part:
    """Somebody to be made: name, unit, role, and the account's name where there is one."""

    name: str
    home: Unit
    role: Role | None
    username: str = ""

    def account(self) -> Account:
        return Account(
            username=self.username, name=self.name, password=_hashed(), must_change=False
        )

    def person(self, account: Account | None) -> Person:
        made = Person(name=self.name, home=self.home, account=account)
        made.place_by_strokes()
        return made

    def post(self, person: Person) -> Appointment:
        post, leads = (str(self.role.label) if self.role else "委员"), self.role is Role.SECRETARY
        return Appointment(person=person, unit=self.home, post=post, leads=leads, since=SINCE)


def people(parts: list[Part]) -> list[Person]:
    """Make people with an appointment, and an account with a role where one is given.

    One query a table: most tests begin with this.
    """
    made = [part.account() for part in parts if part.username]
    accounts = {row.username: row for row in Account.objects.bulk_create(made)}
    found = [part.person(accounts.get(part.username)) for part in parts]
    found = Person.objects.bulk_create(found)
    posts = [part.post(row) for part, row in zip(parts, found, strict=True)]
    posts = Appointment.objects.bulk_create(posts)
    RoleGrant.objects.bulk_create(
        RoleGrant(appointment=post, role=part.role, since=SINCE)
        for part, post in zip(parts, posts, strict=True)
        if part.role
    )
    return found


def person(name: str, home: Unit, role: Role | None, *, username: str = "") -> Person:
    """Make one person."""
    return people([Part(name, home, role, username)])[0]


_hash: list[str] = []


def _hashed() -> str:
    if not _hash:  # argon2 is slow on purpose: once a run
        _hash.append(make_password(PASSWORD))
    return _hash[0]


@dataclass
class Cast:
    """Units by code and people by the name of their part."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def county(self) -> Unit:
        return self.units["COUNTY"]

    @property
    def town(self) -> Unit:
        return self.units["TOWN"]

    @property
    def communities(self) -> list[Unit]:
        return [self.units[f"TOWN-{number:02d}"] for number in range(1, COMMUNITIES + 1)]

    def actor(self, part: str) -> Actor:
        """Return the actor of a part: "commissioner", "secretary1", "outsider"…"""
        account = self.people[part].account
        assert account is not None
        return actor_of(account)

    def account(self, part: str) -> Account:
        account = self.people[part].account
        assert account is not None
        return account

    def post(self, part: str) -> Appointment:
        """Return the one post of a part."""
        return Appointment.objects.get(person=self.people[part])


TOWN_PARTS = {
    "commissioner": Role.TOWN_COMMISSIONER,
    "leader": Role.LEADER,
    "desk": Role.DESK,
    "inspector": Role.INSPECTOR,
}
COUNTY_PARTS = {
    "organiser": Role.COUNTY_ORGANISER,
    "county_leader": Role.LEADER,
    "system": Role.SYSTEM_ADMIN,
    "security": Role.SECURITY_ADMIN,
    "audit": Role.AUDIT_ADMIN,
}


def build_cast() -> Cast:
    """Build the cast in the database."""
    cast = Cast()
    county = cast.units["COUNTY"] = unit("COUNTY", "云岭县", UnitKind.COUNTY)
    town = cast.units["TOWN"] = unit("TOWN", "清溪镇", UnitKind.TOWN, county)
    other = cast.units["OTHER"] = unit("OTHER", "白石镇", UnitKind.TOWN, county)
    parts: dict[str, Part] = {}
    for number in range(1, COMMUNITIES + 1):
        code, part = f"TOWN-{number:02d}", f"secretary{number}"
        home = cast.units[code] = unit(code, f"第{number}社区党工委", UnitKind.COMMUNITY, town)
        parts[part] = Part(f"书记{number}", home, Role.SECRETARY, part)
    for home, roles in ((town, TOWN_PARTS), (county, COUNTY_PARTS)):
        parts |= {part: Part(str(role.label), home, role, part) for part, role in roles.items()}
    parts["outsider"] = Part("邻镇组织委员", other, Role.TOWN_COMMISSIONER, "outsider")
    parts["teller1"] = Part("计票员甲", town, Role.TELLER, "teller1")
    parts["teller2"] = Part("计票员乙", town, Role.TELLER, "teller2")
    cast.people = dict(zip(parts, people(list(parts.values())), strict=True))
    Period.objects.create(year=YEAR)
    return cast
