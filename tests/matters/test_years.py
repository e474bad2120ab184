"""Matters over the turn of a year: each thing counts once, and figures agree with their rows."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from shuzhi.kernel.access import Actor
from shuzhi.kernel.errors import ForbiddenError
from shuzhi.kernel.measures import measures
from shuzhi.kernel.period import YearClosedError
from shuzhi.kernel.scope import KEY
from shuzhi.kernel.tables import ListState
from shuzhi.matters.models import Carried, Matter
from shuzhi.matters.queries.county import BEHIND, Figure, cells, table
from shuzhi.matters.queries.coverage import coverage
from shuzhi.matters.queries.listing import seen
from shuzhi.matters.services import Share, open_matter, reassign, split, take_step
from shuzhi.matters.services.carrying import carry_over
from shuzhi.matters.tables import list_address, matter_table
from shuzhi.matters.views.county import _covered, _rows
from shuzhi.matters.yearly import At, own
from shuzhi.registry.models import Period
from shuzhi.registry.services.periods import close_period, open_period
from tests.cast import YEAR, Cast
from tests.matters.stories.tale import PDF, day
from tests.matters.test_handover import in_days, issue, reported, step

NEXT = YEAR + 1
Browse = Callable[[str], Client]


def turn(cast: Cast, year: int = YEAR) -> None:
    """Close the year and open the next, without the job that carries what is open."""
    organiser = cast.actor("organiser")
    open_period(actor=organiser, year=year + 1)
    close_period(actor=organiser, period=Period.objects.get(year=year))


def counted(cast: Cast, year: int, prefix: str) -> dict[str, Any]:
    """Return what a year counts of a kind in the town."""
    found = measures(year, [cast.town])
    return {
        name.removeprefix(f"{prefix}."): str(values["TOWN"])
        for name, values in found.items()
        if name.startswith(f"{prefix}.")
    }


def closed(cast: Cast) -> Matter:
    return step(cast, reported(cast), "accept", "commissioner", finding="到场看过，属实。")


def kept_commitment(cast: Cast) -> Matter:
    """Return a commitment of a community that was kept and found true."""
    from shuzhi.kernel.access import SYSTEM
    from shuzhi.matters.services import LedgerRow, import_matters

    row = LedgerRow(unit="TOWN-01", title="修路", opened_on=date(YEAR, 3, 1), state="kept",
                    closed_on=date(YEAR, 11, 2))  # fmt: skip
    import_matters(actor=SYSTEM, mechanism="commitment-organisation", unit=cast.town, year=YEAR,
                   rows=[row], source="台账")  # fmt: skip
    return Matter.objects.latest("pk")


VOTE = {"voted_on": day(0), "vote_at": "special", "voters": 40,
        "satisfied": 30, "fairly": 6, "dissatisfied": 4, "counted_by": "两名支委"}  # fmt: skip


def test_a_commitment_kept_in_december_is_voted_on_in_january(county: Cast) -> None:
    matter = kept_commitment(county)
    stood = counted(county, YEAR, "commitment.organisation")
    turn(county)
    assert carry_over() == 0, "it has ended"
    step(county, matter, "vote", "commissioner", **VOTE)
    assert (matter.year, matter.state_key) == (NEXT, "voted")
    kinds = list(matter.story.values_list("kind", flat=True))
    assert kinds == ["imported", "carried", "step"]
    assert f"转入 {NEXT} 年度接着办理" in matter.story.get(kind="carried").note
    assert counted(county, YEAR, "commitment.organisation") == stood
    now = counted(county, NEXT, "commitment.organisation")
    assert (now["total"], now["done"], now["voted"]) == ("0", "0", "1"), "its end counted before"
    assert (stood["voted"], now["satisfaction_rate"]) == ("0", "90.00")


def test_what_comes_back_is_owed_again(county: Cast) -> None:
    matter = closed(county)
    Matter.objects.filter(pk=matter.pk).update(late=True)
    stood = counted(county, YEAR, "order")
    turn(county)
    step(county, matter, "reopen", "commissioner", reason="又停更了")
    assert (matter.year, matter.reopened, matter.late) == (NEXT, 1, False)
    assert counted(county, YEAR, "order") == stood
    now = counted(county, NEXT, "order")
    assert (now["total"], now["done"], now["reopened_rate"]) == ("1", "0", "100.00")
    result = "公开栏又更新了，改由两人轮流负责。"
    step(county, matter, "report", "secretary1", result=result, evidence=[PDF])
    step(county, matter, "accept", "commissioner", finding="属实。")
    now = counted(county, NEXT, "order")
    assert (now["total"], now["done"], now["on_time_rate"]) == ("1", "1", "100.00")
    assert counted(county, YEAR, "order") == stood


def test_a_refused_step_carries_nothing(county: Cast) -> None:
    matter = closed(county)
    turn(county)
    with pytest.raises(ForbiddenError):
        step(county, matter, "reopen", "secretary2", reason="又停更了")
    matter.refresh_from_db()
    assert (matter.year, Carried.objects.count()) == (YEAR, 0)


def test_without_an_open_year_it_stays(county: Cast) -> None:
    matter = closed(county)
    close_period(actor=county.actor("organiser"), period=Period.objects.get(year=YEAR))
    with pytest.raises(YearClosedError):
        step(county, matter, "reopen", "commissioner", reason="又停更了")


def found_on_the_spot(cast: Cast) -> Matter:
    """Return the order that an unannounced visit has just opened."""
    group = [{"member": cast.people["inspector"]}]
    plan = {"place": "TOWN-01", "group": "一组", "members": group, "manner": "unannounced",
            "due_on": in_days(9), "checklist": [{"item": "看记录"}]}  # fmt: skip
    visit = open_matter(actor=cast.actor("inspector"), mechanism="inspection-visit",
                        unit=cast.town, title="暗访", facts=plan)  # fmt: skip
    finding = {"problem": "记录补写", "requirement": "当场记", "due_on": in_days(20)}
    facts = {"visited_on": day(0), "results": [{"item": "看记录", "outcome": "lacking"}],
             "found": "problems", "summary": "三次会议的记录是一次写成的。",
             "findings": [finding]}  # fmt: skip
    step(cast, visit, "drop_in", "inspector", **facts)
    return Matter.objects.get(origin=visit)


def test_in_january_a_finding_counts_in_the_year_that_still_goes_on(county: Cast) -> None:
    Period.objects.filter(year=YEAR).update(year=YEAR - 1)  # nobody has opened this year yet
    order = found_on_the_spot(county)
    assert (order.year, order.origin and order.origin.year) == (YEAR - 1, YEAR - 1)
    assert f"〔{YEAR}〕1号" in order.number, "a paper is of the year in which it is issued"
    turn(county, YEAR - 1)
    assert carry_over() == 2
    order.refresh_from_db()
    assert order.year == YEAR
    assert f"〔{YEAR}〕2号" in issue(county).number, "and the count goes on"


def test_in_a_year_sealed_before_its_end_a_finding_counts_in_the_next(county: Cast) -> None:
    turn(county)
    assert found_on_the_spot(county).year == NEXT


def test_where_no_year_is_open_it_is_said_what_helps(county: Cast) -> None:
    visit = issue(county)
    close_period(actor=county.actor("organiser"), period=Period.objects.get(year=YEAR))
    with pytest.raises(YearClosedError, match=f"{YEAR} 年度已封存，下一年度还没有启用"):
        step(county, visit, "sign", "secretary1")
    with pytest.raises(YearClosedError, match=f"{YEAR} 年度已封存"):
        issue(county)


def proposal(cast: Cast) -> Matter:
    matter = open_matter(
        actor=cast.actor("commissioner"),
        mechanism="delegate-proposal",
        unit=cast.town,
        title="增加班车",
        facts={"proposal": "每天增加早晚各一班公交。", "delegate": "代表甲", "filed_on": day(0)},
    )
    step(cast, matter, "check", "commissioner")
    sides = {"handler": cast.communities[0]}
    return take_step(actor=cast.actor("commissioner"), matter=matter, step="assign", parties=sides)


def answered(cast: Cast, matter: Matter) -> Matter:
    reply = "已与公交公司商定，下月起每天增加早晚各一班。"
    return step(cast, matter, "answer", "secretary1", reply=reply, outcome="solved")


def asked(cast: Cast, matter: Matter, name: str, says: str) -> Matter:
    facts = {"asked_on": day(0), "satisfaction": says, "remark": "看实际情况"}
    return step(cast, matter, name, "commissioner", **facts)


def test_a_reply_counts_in_the_year_in_which_it_was_given(county: Cast) -> None:
    first, second = answered(county, proposal(county)), proposal(county)
    stood = counted(county, YEAR, "proposal")
    assert (stood["replied"], stood["reply_rate"]) == ("1", "50.00")
    turn(county)
    assert carry_over() == 2
    assert counted(county, YEAR, "proposal") == stood
    now = counted(county, NEXT, "proposal")
    assert (now["total"], now["replied"], now["reply_rate"]) == ("2", "0", "0.00")
    assert (now["assigned_in_time_rate"], now["answered_in_time_rate"]) == ("None", "None")
    answered(county, Matter.objects.get(pk=second.pk))
    asked(county, Matter.objects.get(pk=first.pk), "accept", "satisfied")
    now = counted(county, NEXT, "proposal")
    assert (now["replied"], now["reply_rate"], now["done"]) == ("1", "100.00", "1")
    assert (now["satisfaction_rate"], now["answered_in_time_rate"]) == ("100.00", "100.00")
    assert counted(county, YEAR, "proposal") == stood


def test_an_answer_that_did_not_satisfy_counts_where_it_was_given(county: Cast) -> None:
    matter = asked(county, answered(county, proposal(county)), "again", "dissatisfied")
    stood = counted(county, YEAR, "proposal")
    assert stood["satisfaction_rate"] == "0.00"
    turn(county)
    carry_over()
    assert counted(county, NEXT, "proposal")["satisfaction_rate"] == "None", "not asked yet"
    matter = answered(county, Matter.objects.get(pk=matter.pk))
    asked(county, matter, "accept", "satisfied")
    now = counted(county, NEXT, "proposal")
    assert (now["satisfaction_rate"], now["replied"]) == ("100.00", "1"), "a new reply"
    assert counted(county, YEAR, "proposal") == stood


def test_what_a_closed_year_counts_follows_a_unit_that_moves(county: Cast) -> None:
    issue(county)
    stood = counted(county, YEAR, "order")
    turn(county)
    carry_over()
    moved = county.communities[0]
    moved.path = f"{county.units['OTHER'].path}0001"
    moved.parent = county.units["OTHER"]
    moved.save()
    assert counted(county, YEAR, "order")["total"] == "0"
    found = measures(YEAR, [county.units["OTHER"]])
    assert str(found["order.total"]["OTHER"]) == stood["total"]


@pytest.fixture
def scene(county: Cast) -> Cast:
    """A year with every sort of matter, closed and carried on, and what became of them since."""
    closed(county)
    kept_commitment(county)
    late, back = issue(county), closed(county)
    whole = step(county, issue(county), "sign", "secretary1", contact="网格长")
    Matter.objects.filter(pk=late.pk).update(due=timezone.localdate() - timedelta(days=2))
    step(county, back, "reopen", "commissioner", reason="又停更了")
    split(actor=county.actor("commissioner"), matter=whole,
          shares=[Share(one) for one in county.communities[:2]])  # fmt: skip
    answered(county, proposal(county))
    open_matter(actor=county.actor("secretary1"), mechanism="commitment-organisation",
                unit=county.communities[0], title="草稿",
                facts={"goal": "做成一件实事，人人看得见。", "due_on": in_days(30)})  # fmt: skip
    group = [{"member": county.people["inspector"]}]
    visit = {"place": "TOWN-01", "group": "一组", "members": group, "manner": "unannounced",
             "due_on": in_days(9), "checklist": [{"item": "看记录"}]}  # fmt: skip
    open_matter(actor=county.actor("commissioner"), mechanism="inspection-visit",
                unit=county.town, title="暗访", facts=visit)  # fmt: skip
    again = closed(county)
    turn(county)
    carry_over()
    step(county, again, "reopen", "commissioner", reason="又停更了")
    late.refresh_from_db()
    reassign(actor=county.actor("commissioner"), matter=late, party="owner",
             side=county.communities[2], reason="分工调整")  # fmt: skip
    facts = {"source": "inspection", "requirement": "照办", "due_on": in_days(3)}
    open_matter(actor=county.actor("commissioner"), mechanism="handover-order",
                unit=county.communities[1], title="新年度的事", facts=facts, year=NEXT)  # fmt: skip
    return county


def behind(url: str, actor: Actor) -> Any:
    """Return the rows of a list as the reader who follows the link gets them."""
    asked = QueryDict(urlsplit(url).query)
    listed = matter_table(actor, [YEAR, NEXT], asked)
    request: Any = RequestFactory().get(url)
    return ListState.of(request, listed).apply(seen(actor))


def places(cast: Cast, part: str) -> Iterator[Any]:
    home = cast.post(part).unit
    yield from [home, *cast.communities] if home == cast.town else [home, cast.town]


@pytest.mark.parametrize("part", ["organiser", "commissioner", "inspector", "leader"])
@pytest.mark.parametrize("year", [YEAR, NEXT])
def test_every_number_leads_to_as_many_rows(scene: Cast, part: str, year: int) -> None:
    actor, numbers = scene.actor(part), 0
    for unit in places(scene, part):
        held, rows = table(unit, year, actor)
        for row in rows:
            for figure in Figure:
                for cell in cells(row, held, figure):
                    found = behind(_rows(row, cell, figure, year), actor).count()
                    sums = row.sums.get(cell.kind) if cell.kind else row.all
                    assert found == sum(sums[key] for key in BEHIND[figure]) if sums else not found
                    if not cell.rate and cell.value is not None:
                        assert found == cell.value, (unit, row.unit, cell, figure)
                        numbers += found
    assert numbers


@pytest.mark.parametrize("year", [YEAR, NEXT])
def test_coverage_leads_to_the_units_that_it_counts(scene: Cast, year: int) -> None:
    organiser = scene.actor("organiser")
    for kind in ("handover-order", "delegate-proposal", "commitment-organisation"):
        for row in coverage(scene.county, kind, "issued", year, organiser):
            found = behind(_covered(row, kind, year), organiser)
            stood = Carried.objects.filter(matter__in=found, year=year)
            units = {*found.filter(year=year).values_list("unit", flat=True),
                     *stood.values_list("unit", flat=True)}  # fmt: skip
            assert len(units) == row.touched, (kind, row)


def test_the_years_matters_are_all_in_its_list(scene: Cast) -> None:
    everything = set(Matter.objects.values_list("pk", flat=True))
    listed = set(
        behind(f"/matters/?f_year={YEAR}", scene.actor("organiser")).values_list("pk", flat=True)
    )
    new = Matter.objects.latest("pk").pk
    assert listed == everything - {new}
    assert set(own(NEXT, At([""])).values_list("pk", flat=True)) < everything


def test_a_row_of_a_closed_year_says_how_the_year_left_it(county: Cast, browse: Browse) -> None:
    ended, going = closed(county), reported(county)
    turn(county)
    carry_over()
    going.refresh_from_db()
    step(county, going, "accept", "commissioner", finding="属实。")
    said = f"{YEAR} 年封存时是“待复核”，已转入 {NEXT} 年度"
    client, lists = browse("commissioner"), reverse("matters:list")
    page = client.get(lists, {"f_year": YEAR}).content.decode()
    assert (page.count(said), ended.title in page) == (1, True)
    assert "年度封存时" not in client.get(lists, {"f_year": NEXT}).content.decode()
    assert "年度封存时" not in client.get(lists).content.decode()
    session = client.session
    session[KEY] = YEAR
    session.save()
    assert said in client.get(reverse("matters:board", args=["handover-order"])).content.decode()
    for url in (f"{lists}?f_year={YEAR}&format=xlsx",
                reverse("matters:ledger-sheet", args=["handover-order"])):  # fmt: skip
        rows = load_workbook(BytesIO(client.get(url).content)).worksheets[0]
        found = [row for row in rows.iter_rows(values_only=True) if going.title in row]
        assert sorted(said in row for row in found) == [False, True], url


def test_a_list_asks_once_whether_anything_has_left_its_year(scene: Cast, browse: Browse) -> None:
    client = browse("organiser")
    for year in (YEAR, NEXT):
        url = list_address(figure="total", kind="handover-order", year=year, unit=scene.town.path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == HTTPStatus.OK
        probes = [one["sql"] for one in asked if one["sql"].startswith("SELECT 1 AS")]
        assert sum('FROM "matters_carried"' in sql for sql in probes) == 1


def test_the_pages_of_a_closed_year_open(scene: Cast, browse: Browse) -> None:
    client = browse("organiser")
    session = client.session
    session[KEY] = YEAR
    session.save()
    for name in ("county", "coverage", "board"):
        args = [] if name == "county" else ["handover-order"]
        assert str(YEAR) in client.get(reverse(f"matters:{name}", args=args)).content.decode()
