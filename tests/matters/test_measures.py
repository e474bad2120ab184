"""What is counted of matters, from a ledger and from live ones; names, shares, subtrees."""

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from shuzhi.kernel.access import SYSTEM
from shuzhi.kernel.errors import FaultsError, RefusedError
from shuzhi.kernel.measures import known, measures, percent
from shuzhi.kernel.models import AuditEvent
from shuzhi.matters.models import Matter
from shuzhi.matters.services import LedgerRow, import_matters
from shuzhi.registry.cli_measures import main
from tests.cast import YEAR, Cast
from tests.matters.test_handover import issue, reported, step

DAY = date(YEAR, 3, 2)


def take_in(cast: Cast, *rows: LedgerRow, part: str = "", **changes: Any) -> None:
    import_matters(
        actor=cast.actor(part) if part else SYSTEM,
        mechanism="commitment-organisation",
        unit=cast.county,
        year=YEAR,
        rows=rows,
        source="台账.xlsx",
        **changes,
    )


def row(unit: str = "TOWN-01", state: str = "kept", **changes: Any) -> LedgerRow:
    closed = DAY if state in {"kept", "voted", "broken", "withdrawn"} else None
    facts: dict[str, Any] = {
        "unit": unit,
        "title": "修路",
        "opened_on": DAY,
        "state": state,
        "closed_on": closed,
    }
    return LedgerRow(**facts | changes)


def organisation(cast: Cast, unit: str) -> dict[str, Any]:
    found = measures(YEAR, [cast.units[unit]])
    prefix = "commitment.organisation."
    return {k.removeprefix(prefix): v[unit] for k, v in found.items() if k.startswith(prefix)}


def test_a_ledger_is_counted_where_it_stands_and_above(county: Cast) -> None:
    late = row(due=DAY - timedelta(days=0), closed_on=DAY + timedelta(days=1))
    take_in(county, row(), row("TOWN-02"), late, row(state="broken"), row(state="withdrawn"))
    found = organisation(county, "TOWN")
    assert (found["total"], found["done"], found["done_rate"]) == (4, 3, Decimal("75.00"))
    assert found["on_time_rate"] == Decimal("50.00")  # two of four that came to an end
    assert organisation(county, "TOWN-02")["total"] == 1
    assert organisation(county, "OTHER")["done_rate"] is None
    assert measures(YEAR, [county.county])["commitment.organisation.done"] == {"COUNTY": 3}


def test_a_draft_is_no_promise(county: Cast) -> None:
    first = date(YEAR, 1, 1)
    take_in(county, row(state=""), row(state="keeping", opened_on=first, due=first))
    found = organisation(county, "COUNTY")
    assert (found["total"], found["overdue"]) == (1, timezone.localdate() > first)


def test_the_story_says_that_it_was_imported(county: Cast) -> None:
    take_in(county, row(), row())
    matter = Matter.objects.first()
    assert matter is not None
    assert [entry.kind for entry in matter.story.all()] == ["imported"]
    event = AuditEvent.objects.get(kind="matter.imported")
    assert event.after["count"] == 2
    assert len(event.after["sha256"]) == 64


def test_every_fault_of_a_ledger_is_named_and_nothing_is_written(county: Cast) -> None:
    wrong = (
        row(unit="NOWHERE"),
        row(title=""),
        row(state="flying"),
        row(closed_on=None),
        row(closed_on=DAY - timedelta(days=1)),
        row(facts={"vote_at": "street"}),
    )
    with pytest.raises(FaultsError) as found:
        take_in(county, *wrong)
    assert [fault.row for fault in found.value.faults] == [1, 2, 3, 4, 5, 6]
    assert not Matter.objects.exists()
    with pytest.raises(RefusedError):
        take_in(county)


def test_nobody_imports_beyond_their_reach(county: Cast) -> None:
    with pytest.raises(FaultsError, match="不归您管"):
        take_in(county, row("OTHER"), part="commissioner")
    take_in(county, row("TOWN-01"), part="commissioner")


def test_live_matters_count_as_they_move(county: Cast) -> None:
    issue(county)
    step(county, reported(county), "accept", "commissioner", finding="属实")
    year = timezone.localdate().year
    found = measures(year, [county.town])
    assert found["order.total"]["TOWN"] == 2
    assert found["order.done_rate"]["TOWN"] == Decimal("50.00")
    assert set(found) == set(known())


def test_counting_takes_the_same_queries_for_one_and_for_many(
    county: Cast, django_assert_max_num_queries: Any
) -> None:
    take_in(county, *(row(unit) for unit in ("TOWN-01", "TOWN-02", "TOWN-03") * 20))
    measures(YEAR, [county.county])
    with django_assert_max_num_queries(60):
        measures(YEAR, list(county.units.values()))


def test_printed_as_json_with_two_places(county: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    take_in(county, *[row()] * 9, row(state="broken"))
    assert main(["COUNTY", str(YEAR), "--json"]) == 0
    text = capsys.readouterr().out
    assert '"commitment.organisation.done_rate": 90.00' in text
    assert '"commitment.organisation.total": 10' in text
    assert json.loads(text)["commitment.organisation.satisfaction_rate"] is None
    assert main(["COUNTY", str(YEAR)]) == 0
    assert "90.00%" in capsys.readouterr().out
    assert main(["NOWHERE", str(YEAR)]) == 1


def test_shares_are_rounded_half_up() -> None:
    assert (percent(1726, 1854), percent(3925, 4094)) == (Decimal("93.10"), Decimal("95.87"))
    assert percent(1, 0) is None
