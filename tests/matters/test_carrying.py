"""A year is closed: what is open goes on in the next, what the year counted stays."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shuzhi.kernel.measures import measures
from shuzhi.kernel.models import AuditEvent, Job
from shuzhi.kernel.period import YearClosedError
from shuzhi.matters import tasks
from shuzhi.matters.models import Carried, CarriedCount, DailyRound, Digest, Matter
from shuzhi.matters.queries.county import table
from shuzhi.matters.services.carrying import carry_over
from shuzhi.registry.models import Period
from shuzhi.registry.services.periods import close_period, open_period, reopen_period
from tests.cast import YEAR, Cast
from tests.matters.test_handover import issue, reported, step

NEXT = YEAR + 1


def counted(cast: Cast, year: int, unit: str = "TOWN") -> dict[str, Any]:
    """Return what a year counts of orders, the zeros left out."""
    found = measures(year, [cast.units[unit]])
    values = {name.removeprefix("order."): held[unit] for name, held in found.items()
              if name.startswith("order.")}  # fmt: skip
    return {name: value for name, value in values.items() if value}


def close(cast: Cast) -> None:
    period = Period.objects.get(year=YEAR)
    close_period(actor=cast.actor("organiser"), period=period)


@pytest.fixture
def orders(county: Cast) -> tuple[Matter, Matter]:
    """Two orders, one of them done, the other overdue."""
    done, left = reported(county), issue(county)
    step(county, done, "accept", "commissioner", finding="到场看过，属实。")
    Matter.objects.filter(pk=left.pk).update(due=timezone.localdate() - timedelta(days=2))
    return done, left


def test_what_is_open_goes_on_with_number_and_history(
    county: Cast, orders: tuple[Matter, Matter]
) -> None:
    done, left = orders
    before = (left.number, left.story.count())
    open_period(actor=county.actor("organiser"), year=NEXT)
    close(county)
    assert carry_over() == 1
    left.refresh_from_db()
    done.refresh_from_db()
    assert (left.year, done.year) == (NEXT, YEAR)
    assert left.closed_on is None
    assert (left.number, left.story.count()) == (before[0], before[1] + 1)
    told = left.story.latest("pk")
    assert (told.kind, told.note) == (
        "carried", f"{YEAR} 年度封存时还没有办结，转入 {NEXT} 年度继续办理。",
    )  # fmt: skip
    event = AuditEvent.objects.get(kind="matter.carried")
    assert event.after["matters"] == [left.public_id]
    assert carry_over() == 0
    step(county, left, "sign", "secretary1", contact="网格长")


def test_the_closed_year_counts_as_it_stood(county: Cast, orders: tuple[Matter, Matter]) -> None:
    _done, left = orders
    stood = counted(county, YEAR)
    assert (stood["total"], stood["done"], stood["overdue"]) == (2, 1, 1)
    open_period(actor=county.actor("organiser"), year=NEXT)
    close(county)
    carry_over()
    assert counted(county, YEAR) == stood
    assert counted(county, YEAR, "TOWN-01") == stood
    assert counted(county, NEXT)["total"] == 1
    left.refresh_from_db()
    step(county, left, "sign", "secretary1", contact="网格长")
    Matter.objects.filter(pk=left.pk).update(
        closed_on=timezone.localdate(), due=None, state=f"{left.reference}:closed"
    )
    assert counted(county, YEAR) == stood, "what is done in the next year is the next year's"
    assert counted(county, NEXT)["done"] == 1


def test_the_county_page_agrees_with_the_measures(
    county: Cast, orders: tuple[Matter, Matter]
) -> None:
    open_period(actor=county.actor("organiser"), year=NEXT)
    shown = table(county.town, YEAR, county.actor("organiser"))
    close(county)
    carry_over()
    kinds, rows = table(county.town, YEAR, county.actor("organiser"))
    assert kinds == shown[0]
    assert [row.sums for row in rows] == [row.sums for row in shown[1]]


def test_without_a_later_year_it_waits(county: Cast, orders: tuple[Matter, Matter]) -> None:
    _done, left = orders
    close(county)
    assert carry_over() == 0
    with pytest.raises(YearClosedError):
        step(county, left, "sign", "secretary1", contact="网格长")
    assert left.story.count() == 1
    open_period(actor=county.actor("organiser"), year=NEXT)
    assert carry_over() == 1


def test_a_year_opened_again_counts_nothing_twice(
    county: Cast, orders: tuple[Matter, Matter]
) -> None:
    stood = counted(county, YEAR)
    open_period(actor=county.actor("organiser"), year=NEXT)
    close(county)
    carry_over()
    reopen_period(actor=county.actor("organiser"), period=Period.objects.get(year=YEAR))
    assert counted(county, YEAR) == stood
    late = issue(county)
    close(county)
    assert carry_over() == 1
    late.refresh_from_db()
    assert late.year == NEXT
    assert counted(county, YEAR)["total"] == stood["total"] + 1
    assert Carried.objects.filter(year=YEAR).count() == 2


def test_drafts_and_wholes_leave_no_share(county: Cast, orders: tuple[Matter, Matter]) -> None:
    _done, left = orders
    Matter.objects.filter(pk=left.pk).update(counts=False)
    stood = counted(county, YEAR)
    open_period(actor=county.actor("organiser"), year=NEXT)
    close(county)
    assert carry_over() == 1
    assert counted(county, YEAR) == stood
    assert not CarriedCount.objects.exists()


def test_what_failed_is_begun_again_the_next_morning(
    county: Cast, orders: tuple[Matter, Matter], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "MORNING", time.min)
    open_period(actor=county.actor("organiser"), year=NEXT)
    jobs = Job.objects.filter(kind="matters.carry")

    def morning() -> int:
        DailyRound.objects.all().delete()
        Digest.objects.all().delete()
        tasks.morning_round()
        tasks.morning_round()  # the same day again
        return jobs.count()

    assert morning() == 0, "the year is open"
    close(county)
    assert morning() == 1
    assert morning() == 1, "it is under way"
    jobs.update(state="failed")
    assert morning() == 2
    jobs.update(state="done")
    carry_over()
    assert morning() == 2, "nothing is left"


def test_closing_the_year_on_its_page_starts_it(
    county: Cast,
    orders: tuple[Matter, Matter],
    browse: Callable[[str], Client],
    django_capture_on_commit_callbacks: Any,
) -> None:
    open_period(actor=county.actor("organiser"), year=NEXT)
    with django_capture_on_commit_callbacks(execute=True):
        answer = browse("organiser").post(reverse("registry:period-step", args=[YEAR, "close"]))
    assert answer.status_code == 302
    assert Job.objects.filter(kind="matters.carry").count() == 1
