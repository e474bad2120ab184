"""One digest a day, the level above after the grace, a sign when nobody writes them."""

from collections.abc import Callable
from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from shuzhi.kernel.health import health
from shuzhi.kernel.worklist import duties
from shuzhi.matters.models import DailyRound, Digest, Matter, MatterDeadline, MatterState
from shuzhi.matters.queries.beside import story_url
from shuzhi.matters.queries.reminders import reminders
from shuzhi.matters.services import Share, split
from shuzhi.matters.services.reminding import daily_round
from shuzhi.matters.tasks import reminders_check
from shuzhi.matters.terms import refresh_due
from tests.cast import Cast
from tests.matters.test_handover import issue, step

TODAY = date(2026, 11, 23)
Browse = Callable[[str], Client]
ABOVE = ("commissioner", "leader", "inspector")  # who acts for the town


def due_in(cast: Cast, days: int) -> Matter:
    """Return an order that the first secretary must sign for within `days` of TODAY."""
    matter = issue(cast)
    due = TODAY + timedelta(days=days)
    MatterDeadline.objects.filter(matter=matter).update(base=due, due_on=due)
    refresh_due(matter)
    return matter


def digest(cast: Cast, part: str) -> dict[str, list[str]]:
    found = Digest.objects.filter(person=cast.people[part], day=TODAY).first()
    return dict(found.lines) if found else {}


def test_one_digest_names_each_matter_once_and_only_on_its_days(county: Cast) -> None:
    soon, quiet, today, late = (due_in(county, days) for days in (1, 2, 0, -1))
    daily_round(TODAY)
    assert digest(county, "secretary1") == {
        "soon": [soon.public_id],
        "today": [today.public_id],
        "overdue": [late.public_id],
    }
    assert quiet.public_id not in str(digest(county, "secretary1"))
    assert digest(county, "secretary2") == {}
    assert daily_round(TODAY) is None
    assert Digest.objects.count() == 1


def test_after_the_grace_the_level_above_is_told_once(county: Cast) -> None:
    matter = due_in(county, -2)  # the grace is one day
    found = daily_round(TODAY)
    assert found is not None
    assert found.escalated == 1
    assert digest(county, "commissioner") == {"above": [matter.public_id]}
    assert "清溪镇" in matter.story.get(kind="escalated").note
    again = daily_round(TODAY + timedelta(days=1))
    assert again is not None
    assert again.escalated == 0


def test_what_was_passed_on_stands_in_the_work_list_of_the_level_above(county: Cast) -> None:
    matter, town = due_in(county, -9), county.actor("leader")
    matter.parties.filter(party="issuer").update(unit=county.county)  # the town has no part in it
    today = timezone.localdate()
    day = today - timedelta(days=9)
    Matter.objects.filter(pk=matter.pk).update(due=day)
    MatterDeadline.objects.update(base=day, due_on=day)
    assert not duties(town)
    daily_round(today)
    (duty,) = duties(town)
    assert (duty.title, str(duty.owed_by)) == (matter.title, matter.unit.short_name)
    assert not [one for one in duties(county.actor("county_leader")) if one.title == matter.title]
    Matter.objects.filter(pk=matter.pk).update(due=None, closed_on=today)
    MatterDeadline.objects.update(state="met", met_on=today)
    assert not duties(town)


def test_who_is_told_from_another_branch_can_open_it(county: Cast, browse: Browse) -> None:
    matter, other, today = issue(county), county.units["OTHER"], timezone.localdate()
    late = today - timedelta(days=9)
    matter.parties.filter(party="issuer").update(unit=other)
    matter.deadlines.update(base=late, due_on=late)
    Matter.objects.filter(pk=matter.pk).update(unit=other, due=late)
    story, client = story_url(matter), browse("leader")
    assert client.get(story).status_code == 404
    daily_round(today)
    assert {duty.url for duty in duties(county.actor("leader"))} == {story}
    told = Digest.objects.get(person=county.people["leader"])
    assert told.lines == {"above": [matter.public_id]}
    assert client.get(story).status_code == 200
    assert browse("secretary2").get(story).status_code == 404, "nobody who acts for the town"
    MatterState.objects.update(unseen_by="helper")
    assert client.get(story).status_code == 404, "what is kept quiet stays so"
    assert not duties(county.actor("leader"))
    MatterState.objects.update(unseen_by="")
    MatterDeadline.objects.update(state="met", met_on=today)
    assert client.get(story).status_code == 404


def test_what_is_shared_out_nags_nobody_its_parts_do(county: Cast) -> None:
    whole, chief = step(county, issue(county), "sign", "secretary1"), county.actor("commissioner")
    late, today = TODAY - timedelta(days=9), timezone.localdate()
    whole.deadlines.filter(key="finish").update(base=late, due_on=late)
    digests, above = reminders(TODAY)
    assert set(digests) == {county.people[part].pk for part in ("secretary1", *ABOVE)}
    assert [row.matter for row in above] == [whole]
    split(actor=chief, matter=whole, shares=[Share(unit) for unit in county.communities[1:]])
    MatterDeadline.objects.exclude(matter=whole).update(base=today, due_on=date(2030, 1, 1))
    assert reminders(TODAY) == ({}, [])


def test_within_the_grace_nobody_above_is_told(county: Cast) -> None:
    due_in(county, -1)
    daily_round(TODAY)
    assert digest(county, "commissioner") == {}


def test_health_shows_when_no_digest_was_written(county: Cast) -> None:
    noon = timezone.localtime().replace(hour=12)
    assert reminders_check(noon).well  # nothing to remind of
    issue(county)
    assert not reminders_check(noon).well
    assert reminders_check(noon.replace(hour=5)).well  # not yet awaited
    DailyRound.objects.create(day=noon.date(), digests=0, escalated=0)
    assert reminders_check(noon).well
    assert "每日提醒" in [str(check.name) for check in health()]


def test_the_work_list_names_whose_turn_it_is(county: Cast) -> None:
    matter = due_in(county, 3)
    titles = [str(duty.title) for duty in duties(county.actor("secretary1"))]
    assert matter.title in titles
    assert not duties(county.actor("secretary2"))
    Matter.objects.update(due=date(2020, 1, 1))
    awaited = [duty for duty in duties(county.actor("commissioner")) if duty.owed_by]
    assert len(awaited) == 1
