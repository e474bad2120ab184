"""The demo county: its size, its accounts, and what it refuses."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from random import Random

import pytest
from django.test import Client

from shuzhi.appraisal.enums import ProblemState, ReportState, ReviewState
from shuzhi.appraisal.models import Problem, Review
from shuzhi.appraisal.queries.results import results
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.models import Account
from shuzhi.kernel.scope import KEY
from shuzhi.matters.models import Matter
from shuzhi.registry.cli_measures import main as measures_command
from shuzhi.registry.enums import UnitKind
from shuzhi.registry.models import Period, Person, Unit
from shuzhi.web.commands import demo as command
from shuzhi.web.demo.build import build_demo, is_demo
from shuzhi.web.demo.county import COUNTY_NAME
from shuzhi.web.demo.names import person_names, place_names
from shuzhi.web.demo.owed import OFFERED
from shuzhi.web.demo.people import PARTS, PASSWORD
from tests.cast import Cast

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("names", [place_names, person_names])
def test_the_same_seed_gives_the_same_names(names: Callable[[Random], Iterator[str]]) -> None:
    first, second = (list(islice(names(Random(7)), 60)) for _run in range(2))  # noqa: S311
    assert first == second
    assert len(set(first)) == len(first)


FIGURES_OF_2010 = {
    "commitment.organisation.total": "1854",
    "commitment.organisation.done": "1726",
    "commitment.organisation.done_rate": "93.10",
    "commitment.member.total": "4094",
    "commitment.member.done": "3925",
    "commitment.member.done_rate": "95.87",
}


def on_screen(client: Client) -> dict[str, str]:
    """Return the figures of 2010 as the county's organiser reads them in the row that adds up."""
    client.post("/login/", {"username": "organiser", "password": PASSWORD})
    session = client.session
    session[KEY] = 2010
    session.save()
    found = {}
    for figure in ("total", "done", "done_rate"):
        page = client.get("/matters/county/", {"figure": figure}).context
        last = page["rows"][-1]
        assert last["whole"]
        for cell, _url in last["cells"][1:]:
            found[f"{cell.kind.replace('-', '.')}.{figure}"] = str(cell.value)
    return found


@pytest.mark.django_db
def test_the_county_and_its_two_reviews(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    build_demo(TODAY)
    assert measures_command(["COUNTY", "2010", "--json"]) == 0
    printed = capsys.readouterr().out
    for name, value in FIGURES_OF_2010.items():
        assert f'"{name}": {value}' in printed
    county, town = Unit.objects.get(code="COUNTY"), Unit.objects.get(code="TOWN")
    assert county.children.count() == 31
    assert Unit.objects.filter(kind=UnitKind.BRANCH).count() == 450
    assert town.children.count() == 21
    assert set(Period.objects.values_list("year", flat=True)) == {2010, 2025, 2026}
    assert not Person.objects.filter(account=None, home__parent=town).exists()
    assert Account.objects.count() == len(PARTS) + 21

    last, now = Review.objects.order_by("year")
    assert (last.state, now.state) == (ReviewState.PUBLISHED, ReviewState.REPORTING)
    rows = list(results(last))
    assert len(rows) == 21
    assert min(row.rank for row in rows if row.rank) == 1
    assert [row.rank for row in rows].count(None) == 1, "the secretary new in post"
    assert all(row.total and 40 < row.total <= 105 for row in rows)
    assert len({row.computed_grade for row in rows}) >= 3, "the year tells units apart"
    notices = Matter.objects.filter(pk__in=Problem.objects.values("matter"))
    assert set(notices.values_list("state__key", flat=True)) == {"closed", "reported", "working"}
    assert notices.filter(due__lt=TODAY).exists()
    assert notices.filter(round=2).exists(), "one has failed its re-inspection"
    assert not Problem.objects.filter(state=ProblemState.LISTED, matter=None).exists()
    assert now.entrants.filter(report__state=ReportState.SUBMITTED).count() == 18

    owed = Matter.objects.filter(year=2026)
    assert set(OFFERED) - set(owed.values_list("mechanism", flat=True)) == {
        "leaving-office-handover",
    }
    assert owed.filter(due=TODAY).exists()
    assert owed.filter(due__gt=TODAY, due__lte=TODAY + timedelta(days=6)).exists()
    assert owed.filter(due__lt=TODAY).count() > 5, "some are late, as everywhere"
    waiting = owed.filter(mechanism="rectification-notice", state__key="reported")
    waiting = waiting.exclude(pk__in=notices)
    assert waiting.count() == 1
    assert owed.filter(number__endswith="〕1号").exists()

    assert on_screen(client) == FIGURES_OF_2010
    client.logout()
    given = {"username": "secretary21", "password": PASSWORD}
    assert client.post("/login/", given).headers["Location"] == "/"
    assert "述职报告" in client.get("/").content.decode()
    with pytest.raises(RefusedError, match="已有数据"):
        build_demo(TODAY)


@pytest.mark.django_db
def test_other_data_is_not_touched(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    units = Unit.objects.count()
    assert command.main([]) == 1
    assert "已有数据" in capsys.readouterr().err
    assert command.main(["--if-empty"]) == 0
    assert capsys.readouterr().out == ""
    assert Unit.objects.count() == units
    assert not is_demo()


@pytest.mark.django_db
@pytest.mark.parametrize("arguments", [[], ["--if-empty"]])
def test_a_demo_that_stands_is_left_alone_and_its_accounts_are_printed(
    cast: Cast, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    Unit.objects.filter(code="COUNTY").update(short_name=COUNTY_NAME)
    units = Unit.objects.count()
    assert command.main(arguments) == 0
    said = capsys.readouterr().out
    assert PASSWORD in said
    assert all(part.username in said for part in PARTS)
    assert Unit.objects.count() == units
