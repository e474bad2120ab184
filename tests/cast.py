"""The fixed cast of the tests: one county, two towns, their communities, one person a role.

`insider` roles stand in TOWN; the outsider is the other town's commissioner, who must find
nothing (404) of TOWN's.
"""

from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.hashers import make_password

from shuzhi.kernel.access import Actor
from shuzhi.kernel.models import Account
from shuzhi.registry.enums import Role, UnitKind
from shuzhi.registry.grants import actor_of
from shuzhi.registry.models import Appointment, Period, Person, RoleGrant, Unit

PASSWORD = "Correct-Horse-7"
SINCE = date(2020, 1, 1)
COMMUNITIES = 3
YEAR = 2026


def unit(code: str, name: str, kind: UnitKind, parent: Unit | None = None) -> Unit:
    """Make a unit below `parent`, its path one step longer."""
    position = Unit.objects.filter(parent=parent).count() + 1
    path = f"{parent.path if parent else ''}{position:04d}"
    return Unit.objects.create(
        code=code, name=name, short_name=name[:4], kind=kind, parent=parent, path=path
    )


def person(name: str, home: Unit, role: Role | None, *, username: str = "") -> Person:
    """Make a person with an appointment, and an account with `role` where one is given."""
    account = None
    if username:
        account = Account.objects.create(
            username=username, name=name, password=_hashed(), must_change=False
        )
    found = Person(name=str(name), home=home, account=account)
    found.place_by_strokes()
    found.save()
    post = Appointment.objects.create(
        person=found,
        unit=home,
        post=str(role.label) if role else "委员",
        leads=role is Role.SECRETARY,
        since=SINCE,
    )
    if role:
        RoleGrant.objects.create(appointment=post, role=role, since=SINCE)
    return found


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
    for number in range(1, COMMUNITIES + 1):
        code = f"TOWN-{number:02d}"
        home = cast.units[code] = unit(code, f"第{number}社区党工委", UnitKind.COMMUNITY, town)
        part = f"secretary{number}"
        cast.people[part] = person(f"书记{number}", home, Role.SECRETARY, username=part)
    for home, parts in ((town, TOWN_PARTS), (county, COUNTY_PARTS)):
        for part, role in parts.items():
            cast.people[part] = person(role.label, home, role, username=part)
    cast.people["outsider"] = person(
        "邻镇组织委员", other, Role.TOWN_COMMISSIONER, username="outsider"
    )
    cast.people["teller1"] = person("计票员甲", town, Role.TELLER, username="teller1")
    cast.people["teller2"] = person("计票员乙", town, Role.TELLER, username="teller2")
    Period.objects.create(year=YEAR)
    return cast
