"""The demo county: its size, its accounts, and what it refuses."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from random import Random

import pytest
from django.test import Client

from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.models import Account
from shuzhi.registry.enums import UnitKind
from shuzhi.registry.models import Period, Person, Unit
from shuzhi.web.commands import demo as command
from shuzhi.web.demo.build import build_demo, is_demo
from shuzhi.web.demo.names import person_names, place_names
from shuzhi.web.demo.people import PARTS, PASSWORD
from tests.cast import Cast

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("names", [place_names, person_names])
def test_the_same_seed_gives_the_same_names(names: Callable[[Random], Iterator[str]]) -> None:
    first, second = (list(islice(names(Random(7)), 60)) for _run in range(2))  # noqa: S311
    assert first == second
    assert len(set(first)) == len(first)


@pytest.mark.django_db
def test_the_county_has_the_size_of_the_sources(client: Client) -> None:
    build_demo(TODAY)
    county, town = Unit.objects.get(code="COUNTY"), Unit.objects.get(code="TOWN")
    assert county.children.count() == 31
    assert Unit.objects.filter(kind=UnitKind.BRANCH).count() == 450
    assert town.children.count() == 21
    assert set(Period.objects.values_list("year", flat=True)) == {2025, 2026}
    assert not Person.objects.filter(account=None, home__parent=town).exists()
    assert Account.objects.count() == len(PARTS) + 21
    given = {"username": "secretary21", "password": PASSWORD}
    assert client.post("/login/", given).headers["Location"] == "/"
    assert client.get("/").status_code == 200
    with pytest.raises(RefusedError, match="已有数据"):
        build_demo(TODAY)


@pytest.mark.django_db
def test_other_data_is_not_touched(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    units = Unit.objects.count()
    assert command.main([]) == 1
    assert "已有数据" in capsys.readouterr().err
    assert command.main(["--if-empty"]) == 0
    assert Unit.objects.count() == units
    assert not is_demo()
