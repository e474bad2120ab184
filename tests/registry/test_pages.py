"""Pages of the registry: who may open them, what they show, what they cost."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from shuzhi.registry import queries, services
from shuzhi.registry.enums import Role, UnitKind
from shuzhi.registry.grants import grants_of
from shuzhi.registry.models import Appointment, Person, RoleGrant, Unit
from shuzhi.registry.paths import step
from tests.cast import SINCE, YEAR, Cast

Browse = Callable[[str], Client]

# address: who may open it, who sees the object but may not (403); the outsider gets 404
OF_A_UNIT = {
    "unit": ({"organiser", "commissioner", "leader", "inspector", "security"}, set()),
    "unit-new": ({"organiser", "commissioner"}, {"leader", "inspector", "security", "system"}),
    "unit-edit": ({"organiser", "commissioner"}, {"leader", "inspector", "security", "system"}),
    "unit-move": ({"organiser", "commissioner"}, {"leader", "inspector", "security", "system"}),
    "unit-abolish": ({"organiser", "commissioner"}, {"leader", "inspector", "security", "system"}),
    "person-new": ({"organiser", "commissioner"}, {"leader", "inspector", "security", "system"}),
    "appoint-in-unit": ({"organiser", "commissioner"}, {"leader", "security", "system"}),
    "temporary": ({"organiser", "commissioner"}, {"leader", "inspector", "security", "system"}),
}
OF_A_PERSON = {
    "person": ({"organiser", "commissioner", "leader", "security", "system"}, set()),
    "person-edit": ({"organiser", "commissioner"}, {"leader", "inspector", "security", "system"}),
    "appoint-person": ({"organiser", "commissioner"}, {"leader", "inspector", "security"}),
    "account-open": ({"system"}, {"organiser", "commissioner", "leader", "security"}),
}
OF_A_POST = {
    "relieve": ({"organiser", "commissioner"}, {"leader", "inspector", "security", "system"}),
    "grant-new": ({"security"}, {"organiser", "commissioner", "leader", "system"}),
}
LISTS = {
    "units": ({"organiser", "commissioner", "leader", "secretary1", "system"}, {"audit", "desk"}),
    "people": ({"organiser", "commissioner", "leader", "secretary1", "system"}, {"audit", "desk"}),
    "grants": ({"security"}, {"organiser", "commissioner", "system", "audit", "secretary1"}),
    "periods": ({"organiser"}, {"commissioner", "security", "audit", "secretary1"}),
}


def _check(browse: Browse, url: str, table: tuple[set[str], set[str]], *, own: bool) -> None:
    allowed, forbidden = table
    seen = {part: browse(part).get(url).status_code for part in sorted(allowed | forbidden)}
    assert seen == dict.fromkeys(allowed, 200) | dict.fromkeys(forbidden, 403)
    if own:
        assert browse("outsider").get(url).status_code == 404


def test_a_unit_links_to_those_above_only_where_one_may_go(cast: Cast, browse: Browse) -> None:
    town = reverse("registry:unit", args=[cast.units["TOWN"].public_id])
    url = reverse("registry:unit", args=[cast.units["TOWN-01"].public_id])
    for part, linked in (("commissioner", True), ("secretary1", False)):
        page = browse(part).get(url).content.decode()
        assert cast.units["TOWN"].short_name in page
        assert (f'href="{town}"' in page) == linked == (browse(part).get(town).status_code == 200)


def test_a_unit_links_to_those_below_only_where_one_may_go(cast: Cast, browse: Browse) -> None:
    home = cast.units["TOWN-01"]
    made = services.create_unit(
        actor=cast.actor("commissioner"),
        parent=home,
        code="TOWN-01-B01",
        name="第1党支部",
        kind=UnitKind.BRANCH,
    )
    branch = reverse("registry:unit", args=[made.public_id])
    for part, linked in (("commissioner", True), ("secretary1", False)):
        page = browse(part).get(reverse("registry:unit", args=[home.public_id])).content.decode()
        assert made.name in page
        assert (f'href="{branch}"' in page) == linked
        assert (browse(part).get(branch).status_code == 200) == linked


@pytest.mark.parametrize("name", OF_A_UNIT)
def test_pages_of_a_unit(cast: Cast, browse: Browse, name: str) -> None:
    url = reverse(f"registry:{name}", args=[cast.units["TOWN-02"].public_id])
    _check(browse, url, OF_A_UNIT[name], own=True)
    assert browse("secretary1").get(url).status_code == 404


@pytest.mark.parametrize("name", OF_A_PERSON)
def test_pages_of_a_person(cast: Cast, browse: Browse, name: str) -> None:
    url = reverse(f"registry:{name}", args=[cast.people["secretary2"].public_id])
    _check(browse, url, OF_A_PERSON[name], own=True)


@pytest.mark.parametrize("name", OF_A_POST)
def test_pages_of_a_post(cast: Cast, browse: Browse, name: str) -> None:
    url = reverse(f"registry:{name}", args=[cast.post("secretary2").pk])
    _check(browse, url, OF_A_POST[name], own=True)


@pytest.mark.parametrize("name", LISTS)
def test_lists(cast: Cast, browse: Browse, name: str) -> None:
    _check(browse, reverse(f"registry:{name}"), LISTS[name], own=False)


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("account-reset", "system", "commissioner"),
        ("account-disable", "system", "commissioner"),
        ("grant-revoke", "security", "commissioner"),
    ],
)
def test_what_only_buttons_do(
    cast: Cast, browse: Browse, name: str, right: str, wrong: str
) -> None:
    grant = RoleGrant.objects.get(appointment=cast.post("secretary2"))
    key = grant.pk if name == "grant-revoke" else cast.people["secretary2"].public_id
    url = reverse(f"registry:{name}", args=[key])
    assert browse("outsider").post(url).status_code == 404
    assert browse(wrong).post(url).status_code == 403
    assert browse(right).get(url).status_code == 405
    assert browse(right).post(url).status_code in {200, 302}


def test_everybody_else_must_log_in(cast: Cast) -> None:
    for name in LISTS:
        assert Client().get(reverse(f"registry:{name}")).status_code == 302


def test_lists_keep_to_the_reach(cast: Cast, browse: Browse) -> None:
    shown = browse("outsider").get(reverse("registry:units")).content.decode()
    assert "白石镇" in shown
    assert "社区党工委" not in shown
    own = browse("secretary1").get(reverse("registry:people")).content.decode()
    assert "书记1" in own
    assert "书记2" not in own


def test_a_unit_shows_who_is_in_post(cast: Cast, browse: Browse) -> None:
    url = reverse("registry:unit", args=[cast.town.public_id])
    shown = browse("commissioner").get(url).content.decode()
    assert "计票员甲" in shown
    assert "第3社区党工委" in shown
    assert "书记3" in shown


def test_a_telephone_number_is_masked(cast: Cast, browse: Browse) -> None:
    person = cast.people["secretary2"]
    person.phone = "13800001234"
    person.save()
    for name, args in (("people", []), ("person", [person.public_id])):
        shown = browse("leader").get(reverse(f"registry:{name}", args=args)).content.decode()
        assert "138****1234" in shown
        assert "13800001234" not in shown
    url = reverse("registry:person", args=[person.public_id])
    assert "13800001234" in browse("commissioner").get(url).content.decode()


def test_html_in_a_name_is_text(cast: Cast, browse: Browse) -> None:
    url = reverse("registry:unit-new", args=[cast.town.public_id])
    data = {"code": "TOWN-04", "name": "<b>东</b>", "kind": "community"}
    response = browse("commissioner").post(url, data, follow=True)
    shown = response.content.decode()
    assert "&lt;b&gt;东&lt;/b&gt;" in shown
    assert "<b>东" not in shown


def test_creating_moving_and_abolishing(cast: Cast, browse: Browse) -> None:
    client = browse("commissioner")
    url = reverse("registry:unit-new", args=[cast.town.public_id])
    client.post(url, {"code": "TOWN-04", "name": "南湾社区", "kind": "community"})
    made = Unit.objects.get(code="TOWN-04")
    move = reverse("registry:unit-move", args=[made.public_id])
    assert client.post(move, {"parent": "OTHER 白石镇"}).status_code == 422  # not in reach
    assert client.post(move, {"parent": "TOWN-01"}).status_code == 302
    made.refresh_from_db()
    assert made.parent == cast.units["TOWN-01"]
    end = reverse("registry:unit-abolish", args=[made.public_id])
    assert client.post(end, {"until": "2026-01-01"}).status_code == 302
    assert not queries.children(cast.units["TOWN-01"]).exists()


def test_a_refusal_keeps_what_was_typed(cast: Cast, browse: Browse) -> None:
    url = reverse("registry:unit-new", args=[cast.town.public_id])
    data = {"code": "TOWN-01", "name": "南湾社区", "kind": "community"}
    response = browse("commissioner").post(url, data)
    assert response.status_code == 422
    assert "已被使用" in response.content.decode()
    assert "南湾社区" in response.content.decode()


def test_appointing_by_name(cast: Cast, browse: Browse) -> None:
    client, unit = browse("commissioner"), cast.units["TOWN-02"]
    for home in ("TOWN-01", "TOWN-02"):
        services.add_person(actor=cast.actor("commissioner"), name="张伟", home=cast.units[home])
    url = reverse("registry:appoint-in-unit", args=[unit.public_id])
    data = {"person": "张伟", "post": "组织委员", "since": "2026-01-01"}
    response = client.post(url, data)
    assert response.status_code == 422
    assert "张伟（第1社区党工委）" in response.content.decode()
    assert client.post(url, data | {"person": "张伟（第2社区党工委）"}).status_code == 302
    assert Appointment.objects.get(post="组织委员", unit=unit).person.home == unit
    assert client.post(url, data | {"person": "无此人"}).status_code == 422


def test_a_password_is_shown_once(cast: Cast, browse: Browse) -> None:
    person = services.add_person(
        actor=cast.actor("organiser"), name="黄河", home=cast.units["TOWN-01"]
    )
    client = browse("system")
    response = client.post(
        reverse("registry:account-open", args=[person.public_id]), {"username": ""}
    )
    account = Person.objects.get(pk=person.pk).account
    assert account
    password = response.context["opened"].password
    assert account.check_password(password)
    assert password in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    page = client.get(reverse("registry:person", args=[person.public_id])).content.decode()
    assert password not in page
    assert account.username in page


def test_a_temporary_account_for_a_teller(cast: Cast, browse: Browse) -> None:
    url = reverse("registry:temporary", args=[cast.town.public_id])
    data = {"name": "计票员丙", "role": Role.TELLER, "until": "2000-01-01"}
    client = browse("commissioner")
    assert client.post(url, data).status_code == 422
    response = client.post(url, data | {"until": timezone.localdate().isoformat()})
    assert response.status_code == 200
    assert response.context["opened"].account.expires_at > timezone.now()


def test_granting_and_revoking(cast: Cast, browse: Browse) -> None:
    client, post = browse("security"), cast.post("secretary2")
    url = reverse("registry:grant-new", args=[post.pk])
    assert client.post(url, {"role": Role.INSPECTOR, "since": "2026-01-01"}).status_code == 302
    grant = RoleGrant.objects.get(appointment=post, role=Role.INSPECTOR)
    client.post(reverse("registry:grant-revoke", args=[grant.pk]))
    assert not any(g.role == Role.INSPECTOR for g in _held(cast, "secretary2"))


def _held(cast: Cast, part: str) -> list[RoleGrant]:
    return grants_of(cast.account(part))


def test_years_are_opened_closed_and_opened_again(cast: Cast, browse: Browse) -> None:
    client = browse("organiser")
    assert client.post(reverse("registry:periods"), {"year": f"{YEAR + 1}"}).status_code == 302
    for name in ("close", "reopen"):
        client.post(reverse("registry:period-step", args=[f"{YEAR + 1}", name]))
    assert queries.is_open(YEAR + 1)
    unknown = reverse("registry:period-step", args=[f"{YEAR + 5}", "close"])
    assert client.post(unknown).status_code == 404
    assert browse("commissioner").post(unknown).status_code == 403


def _grow(cast: Cast, rows: int) -> None:
    town = cast.town
    for n in range(rows):
        unit = Unit.objects.create(
            code=f"G{n}", name=f"g{n}", kind="branch", parent=town, path=town.path + step(n + 99)
        )
        person = Person.objects.create(name=f"甲{n}", home=unit)
        post = Appointment.objects.create(
            person=person, unit=unit, post="书记", leads=True, since=SINCE
        )
        Appointment.objects.create(person=person, unit=town, post=f"委员{n}", since=SINCE)
        RoleGrant.objects.create(appointment=post, role=Role.SECRETARY, since=SINCE)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("units", "commissioner"),
        ("people", "commissioner"),
        ("grants", "security"),
        ("unit", "leader"),
    ],
)
def test_lists_cost_the_same_for_1_and_30_rows(
    cast: Cast, browse: Browse, name: str, part: str
) -> None:
    args = [cast.town.public_id] if name == "unit" else []
    url, client = reverse(f"registry:{name}", args=args), browse(part)
    client.get(url)  # the first request of a session renews it
    costs = []
    for rows in (1, 29):
        _grow(cast, rows) if rows == 1 else _grow_more(cast, rows)
        with CaptureQueriesContext(connection) as spent:
            assert client.get(url).status_code == 200
        costs.append(len(spent))
    assert costs[0] == costs[1]


def _grow_more(cast: Cast, rows: int) -> None:
    Unit.objects.filter(code="G0").update(code="G-first", path=cast.town.path + step(9000))
    _grow(cast, rows)
