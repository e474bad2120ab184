"""Another owner for many at once: all of them or none, with what is wrong by row."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from shuzhi.kernel.errors import FaultsError
from shuzhi.matters.bulk import common_parties
from shuzhi.matters.models import Matter
from shuzhi.matters.queries.listing import seen, with_names
from shuzhi.matters.services import open_matter, reassign, reassign_many
from shuzhi.matters.services.reminding import daily_round
from shuzhi.registry.enums import UnitKind
from tests.cast import Cast, unit
from tests.matters.test_handover import in_days, issue, step

Browse = Callable[[str], Client]


def owners(matters: list[Matter]) -> set[str]:
    keys = [one.pk for one in matters]
    return set(Matter.objects.filter(pk__in=keys).values_list("unit__code", flat=True))


@pytest.fixture
def orders(county: Cast) -> list[Matter]:
    return [issue(county) for _number in range(3)]


def picked(matters: list[Matter]) -> dict[str, list[str]]:
    return {"pick": [one.public_id for one in matters]}


def test_all_get_the_new_owner(county: Cast, orders: list[Matter]) -> None:
    actor, side = county.actor("commissioner"), county.units["TOWN-02"]
    dues = set(Matter.objects.values_list("due", flat=True))
    reassign_many(actor=actor, matters=orders, party="owner", side=side, reason="分工调整")
    assert owners(orders) == {"TOWN-02"}
    assert all("分工调整" in one.story.get(kind="party").note for one in orders)
    assert set(Matter.objects.values_list("due", flat=True)) == dues, "deadlines go on running"


def test_what_was_passed_on_begins_anew(county: Cast, orders: list[Matter]) -> None:
    actor, side = county.actor("commissioner"), county.units["TOWN-02"]
    matter, today = orders[0], timezone.localdate()
    late = today - timedelta(days=9)
    matter.deadlines.filter(key="signed").update(base=late, due_on=late)
    daily_round(today)
    passed = matter.deadlines.filter(escalated_on=today, escalated_to=county.town)
    assert passed.count() == 1
    reassign(actor=actor, matter=matter, party="owner", side=side, reason="分工调整")
    assert not matter.deadlines.exclude(escalated_on=None, escalated_to=None).exists()
    daily_round(today + timedelta(days=1))
    assert matter.story.filter(kind="escalated").count() == 2, "told of the new side as well"


def test_the_level_above_goes_with_the_owner(county: Cast) -> None:
    promise = open_matter(
        actor=county.actor("secretary1"),
        mechanism="commitment-organisation",
        unit=county.communities[0],
        title="修路",
        facts={"goal": "年底前修好村口两公里路。", "due_on": in_days(20)},
    )
    other = unit("OTHER-01", "白石社区", UnitKind.COMMUNITY, county.units["OTHER"])
    reassign(actor=county.actor("organiser"), matter=promise, party="owner", side=other,
             reason="并入邻镇")  # fmt: skip
    sides = {row.party: row.unit for row in promise.parties.all()}
    assert (promise.unit, sides) == (other, {"owner": other, "above": county.units["OTHER"]})


def visit(cast: Cast) -> Matter:
    group = [{"member": cast.people["organiser"]}]
    facts = {"place": "TOWN-01", "group": "一组", "members": group, "manner": "inspection",
             "due_on": in_days(9), "checklist": [{"item": "看记录"}]}  # fmt: skip
    return open_matter(actor=cast.actor("organiser"), mechanism="inspection-visit",
                       unit=cast.county, title="走访", facts=facts)  # fmt: skip


def test_a_matter_that_moved_stays_with_whom_it_moved_to(county: Cast) -> None:
    matter, actor = visit(county), county.actor("organiser")
    step(county, matter, "announce", "organiser")
    assert matter.unit == county.communities[0]
    reassign(actor=actor, matter=matter, party="group", side=county.town, reason="交镇里办")
    assert matter.unit == county.communities[0], "another group visits the same unit"
    reassign(actor=actor, matter=matter, party="visited", side=county.communities[1],
             reason="换一个单位")  # fmt: skip
    assert matter.unit == county.communities[1]


def test_one_that_cannot_undoes_all(county: Cast, orders: list[Matter]) -> None:
    ended = orders[1]
    Matter.objects.filter(pk=ended.pk).update(closed_on=timezone.localdate())
    with pytest.raises(FaultsError) as caught:
        reassign_many(
            actor=county.actor("commissioner"),
            matters=orders,
            party="owner",
            side=county.units["TOWN-02"],
            reason="分工调整",
        )
    (fault,) = caught.value.faults
    assert fault.row == 2
    assert "已经办结" in str(fault)
    assert owners(orders) == {"TOWN-01"}


def test_only_what_all_have_in_common_is_offered(county: Cast, orders: list[Matter]) -> None:
    rows = list(with_names(seen(county.actor("commissioner"))))
    found = common_parties(rows, county.actor("commissioner"))
    assert [row.id for row in found] == ["owner", "helper"], "the issuer is whoever issued it"
    assert not common_parties(rows, county.actor("secretary1"))


def test_the_page_asks_once_and_changes_all(
    county: Cast, orders: list[Matter], browse: Browse
) -> None:
    client, url = browse("commissioner"), reverse("matters:bulk-party", args=["owner"])
    assert url in client.get(reverse("matters:bulk"), picked(orders)).content.decode()
    page = client.get(url, picked(orders)).content.decode()
    assert page.count('name="pick"') == 3
    answer = client.post(url, picked(orders) | {"side": "TOWN-02", "reason": "分工调整"})
    assert answer.headers["Location"] == reverse("matters:list")
    assert owners(orders) == {"TOWN-02"}


@pytest.mark.parametrize("part", ["commissioner", "secretary1"])
def test_thirty_cost_no_more_than_one(county: Cast, browse: Browse, part: str) -> None:
    matters, client, url = (
        [issue(county) for _number in range(30)],
        browse(part),
        reverse("matters:bulk"),
    )
    client.get(url, picked(matters[:1]))
    costs = []
    for ticked in (matters[:1], matters):
        with CaptureQueriesContext(connection) as asked:
            page = client.get(url, picked(ticked))
        assert page.context["matters"] == ticked
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_faults_stay_on_the_page_with_what_was_typed(
    county: Cast, orders: list[Matter], browse: Browse
) -> None:
    client, url = browse("commissioner"), reverse("matters:bulk-party", args=["owner"])
    answer = client.post(url, picked(orders) | {"side": "TOWN", "reason": "分工调整"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "不能是同一个" in page
    assert "分工调整" in page
    assert page.count('name="pick"') == 3
    assert owners(orders) == {"TOWN-01"}


def test_nobody_else_reaches_it(orders: list[Matter], browse: Browse) -> None:
    url = reverse("matters:bulk-party", args=["owner"])
    assert browse("secretary1").get(url, picked(orders)).status_code == 404
    answer = browse("outsider").post(url, picked(orders) | {"side": "OTHER", "reason": "x"})
    assert answer.headers["Location"] == reverse("matters:list"), "there are none for them"
    assert owners(orders) == {"TOWN-01"}
