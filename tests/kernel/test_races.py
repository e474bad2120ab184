"""Two at once, for real: threads with connections of their own, on whichever database runs."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from shuzhi.kernel.access import SYSTEM, Permission
from shuzhi.kernel.audit import EventKind, record, register_events
from shuzhi.kernel.audit.log import current_head, verify_log
from shuzhi.kernel.calendar import set_day
from shuzhi.kernel.errors import StateError
from shuzhi.kernel.models import AuditEvent, CalendarDay, LogHead, NumberSeries
from shuzhi.kernel.numbering import next_number
from shuzhi.kernel.workflow import Transition, Workflow, perform
from shuzhi.kernel.writes import verb, writing
from shuzhi.registry.models import Period

pytestmark = pytest.mark.django_db(transaction=True)
register_events([EventKind("test-year.close", "封存"), EventKind("test.raced", "同时")])
FLOW = Workflow(
    "test-year",
    (Transition("close", "封存", frozenset({"open"}), "closed", Permission.PERIOD_MANAGE),),
)
THREADS = 6


def _at_once(work: Callable[[int], Any], times: int = THREADS) -> list[Any]:
    """Run `work` in as many threads, all let go at the same moment; return results or errors."""
    start = Barrier(times)

    def one(number: int) -> Any:
        start.wait(10)
        try:
            return work(number)
        except StateError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


@pytest.fixture
def year() -> Period:
    return Period.objects.create(year=2000)


def test_one_wins_the_others_are_told(year: Period) -> None:
    class _Placed(Period):
        access_path = ""
        access_person = ""

        class Meta:
            proxy = True
            app_label = "registry"

    placed = _Placed.objects.get(pk=year.pk)
    found = _at_once(lambda _number: perform(FLOW, placed, "close", actor=SYSTEM))
    refused = [one for one in found if isinstance(one, StateError)]
    assert len(refused) == THREADS - 1
    assert "刷新" in str(refused[0].message)
    assert AuditEvent.objects.filter(kind="test-year.close").count() == 1
    year.refresh_from_db()
    assert year.state == "closed"


class _Abandoned(Exception):  # noqa: N818 (no error of the product)
    pass


@verb
def _take(number: int) -> int:
    """Take a number; every third verb fails afterwards and must give it back."""
    taken = next_number("test-notice", 2026)
    if number % 3 == 0:
        raise _Abandoned
    return taken


def _take_or_give_back(number: int) -> list[int]:
    taken = []
    for turn in range(10):
        try:
            taken.append(_take(number + turn))
        except _Abandoned:
            continue
    return taken


def test_numbers_have_no_gap_and_no_double() -> None:
    found = [number for taken in _at_once(_take_or_give_back) for number in taken]
    assert sorted(found) == list(range(1, len(found) + 1))
    assert len(found) == THREADS * 10 - sum(
        (n + t) % 3 == 0 for n in range(THREADS) for t in range(10)
    )
    assert NumberSeries.objects.get(series="test-notice").last == len(found)


def test_series_and_years_count_apart() -> None:
    assert [next_number("a", 2026), next_number("b", 2026), next_number("a", 2027)] == [1, 1, 1]
    assert next_number("a", 2026) == 2


def test_events_of_all_threads_are_numbered_once(year: Period) -> None:
    def work(number: int) -> None:
        for turn in range(8):
            with writing():
                record("test.raced", year, actor=SYSTEM, after={"n": number, "turn": turn})
            current_head()

    assert _at_once(work) == [None] * THREADS
    current_head()
    positions = list(AuditEvent.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(THREADS * 8))
    assert LogHead.objects.order_by("-size").first().size == len(positions)  # type: ignore[union-attr]
    assert verify_log().sound


def test_the_same_day_set_by_many_stands_once() -> None:
    day = date(2026, 11, 20)
    _at_once(lambda number: set_day(actor=SYSTEM, day=day, working=False, name=f"{number}"))
    assert CalendarDay.objects.filter(day=day).count() == 1
