"""The people of the demo: a secretary for each committee, an account for each role."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password

from shuzhi.kernel.access import SYSTEM
from shuzhi.kernel.models import Account
from shuzhi.registry.enums import Role
from shuzhi.registry.services.accounts import create_account_for
from shuzhi.registry.services.appointments import appoint
from shuzhi.registry.services.grants import grant_role
from shuzhi.registry.services.people import add_person

from .county import County

if TYPE_CHECKING:
    from shuzhi.registry.models import Person, Unit

PASSWORD = "shuzhi-demo"  # noqa: S105 (printed on purpose; the demo refuses real data)
EARLIEST = 2018


@dataclass(frozen=True)
class Part:
    """A role of the story: the account, where it stands, the post."""

    username: str
    place: str  # "COUNTY" or "TOWN"
    post: str
    role: Role


PARTS = (
    Part("organiser", "COUNTY", "县委组织部组织科科长", Role.COUNTY_ORGANISER),
    Part("commissioner", "TOWN", "组织委员", Role.TOWN_COMMISSIONER),
    Part("leader", "TOWN", "党委书记", Role.LEADER),
    Part("desk", "TOWN", "党建办干部", Role.DESK),
    Part("inspector", "COUNTY", "督查专员", Role.INSPECTOR),
    Part("sysadmin", "COUNTY", "系统管理员", Role.SYSTEM_ADMIN),
    Part("secadmin", "COUNTY", "安全保密管理员", Role.SECURITY_ADMIN),
    Part("auditadmin", "COUNTY", "安全审计员", Role.AUDIT_ADMIN),
)


def _person(name: str, unit: "Unit", post: str, since: date, role: Role | None) -> "Person":
    person = add_person(actor=SYSTEM, name=name, home=unit)
    appointment = appoint(actor=SYSTEM, person=person, unit=unit, post=post, since=since)
    if role:
        grant_role(actor=SYSTEM, appointment=appointment, role=role, since=since)
    return person


def _account(person: "Person", username: str) -> None:
    create_account_for(actor=SYSTEM, person=person, username=username)


def _since(random: Random, year: int) -> date:
    """Return a first of a month between 2018 and the year before last."""
    return date(random.randint(EARLIEST, year - 2), random.randint(1, 12), 1)


def _staff(county: County, names: Iterator[str], random: Random, year: int) -> None:
    places = {"COUNTY": county.root, "TOWN": county.town}
    for part in PARTS:
        since = _since(random, year)
        person = _person(next(names), places[part.place], part.post, since, part.role)
        _account(person, part.username)


def _secretaries(county: County, names: Iterator[str], random: Random, year: int) -> None:
    for number, community in enumerate(county.communities, 1):
        since = _since(random, year)
        person = _person(next(names), community, "党总支书记", since, Role.SECRETARY)
        _account(person, f"secretary{number:02}")
    for committee in county.committees[1:]:
        _person(next(names), committee, "党委书记", _since(random, year), None)


def build_people(county: County, names: Iterator[str], random: Random, year: int) -> None:
    """Fill the posts and open the accounts, all under the one printed password."""
    _staff(county, names, random, year)
    _secretaries(county, names, random, year)
    Account.objects.update(password=make_password(PASSWORD), must_change=False)


def account_lines() -> list[tuple[str, str]]:
    """Return user name and post of every demo account, as they are printed."""
    staff = [(part.username, part.post) for part in PARTS]
    return [*staff, ("secretary01 … secretary21", "社区党总支书记")]
