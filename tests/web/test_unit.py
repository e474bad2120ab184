"""Somebody with posts in two units works at both, or at one of them."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from shuzhi.registry.enums import Role
from shuzhi.registry.models import Appointment, RoleGrant, Unit
from tests.cast import Cast

pytestmark = pytest.mark.django_db
MENU = 'name="unit"'


@pytest.fixture
def both(cast: Cast) -> Client:
    """The town's commissioner, who is the other town's as well."""
    person = cast.people["commissioner"]
    post = Appointment.objects.create(
        person=person, unit=cast.people["outsider"].home, post="组织委员", since=date(2021, 1, 1)
    )
    RoleGrant.objects.create(appointment=post, role=Role.TOWN_COMMISSIONER, since=date(2021, 1, 1))
    client = Client()
    client.force_login(cast.account("commissioner"), "shuzhi.kernel.backends.AccountBackend")
    return client


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def unit_page(unit: Unit) -> str:
    return reverse("registry:unit", args=[unit.public_id])


def test_who_has_one_unit_finds_no_switch(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.account("commissioner"), "shuzhi.kernel.backends.AccountBackend")
    assert MENU not in page(client, "/")


def test_both_units_are_within_reach_until_one_is_chosen(cast: Cast, both: Client) -> None:
    here, there = cast.town, cast.people["outsider"].home
    assert "全部 2 个单位" in page(both, "/")
    units = page(both, "/registry/units/")
    assert here.name in units
    assert there.name in units


def test_the_chosen_unit_stays_and_the_other_is_out_of_sight(cast: Cast, both: Client) -> None:
    here, there = cast.town, cast.people["outsider"].home
    assert both.post("/unit/", {"unit": there.path}).headers["Location"] == "/"
    assert both.get(unit_page(there)).status_code == 200
    assert both.get(unit_page(here)).status_code == 404
    both.post("/unit/", {"unit": ""})
    assert both.get(unit_page(here)).status_code == 200


def test_a_unit_that_is_not_ones_own_gives_nothing(cast: Cast, both: Client) -> None:
    both.post("/unit/", {"unit": cast.county.path})
    assert both.get(unit_page(cast.county)).status_code == 404
    assert both.get(unit_page(cast.town)).status_code == 200
