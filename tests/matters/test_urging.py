"""Pressing for a matter: who may, once a day, told in the story, the work list and the digest."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from shuzhi.kernel.errors import ForbiddenError, RefusedError, StateError
from shuzhi.kernel.models import AuditEvent
from shuzhi.kernel.worklist import duties, grouped
from shuzhi.matters.models import Digest, Matter
from shuzhi.matters.queries.digests import concerning, days
from shuzhi.matters.services import (
    Share,
    add_owner,
    ask_extension,
    decide_extension,
    reassign,
    split,
    urge,
)
from shuzhi.matters.services.reminding import daily_round
from tests.cast import Cast
from tests.matters.test_handover import issue, reported, step

Browse = Callable[[str], Client]


def story(matter: Matter) -> str:
    return reverse("matters:matter", args=[matter.public_id])


def test_it_is_told_in_the_story(county: Cast) -> None:
    matter = urge(actor=county.actor("commissioner"), matter=issue(county))
    entry = matter.story.latest("pk")
    assert (entry.kind, entry.name) == ("urged", county.people["commissioner"].name)
    assert entry.note.startswith("请抓紧办理，还有 ")
    assert not entry.note.endswith("。")
    assert AuditEvent.objects.filter(kind="matter.urged", subject_id=str(matter.pk)).exists()


def test_a_story_is_kept_in_chinese_whoever_writes_it(county: Cast) -> None:
    chief, owner = county.actor("commissioner"), county.actor("secretary1")
    side, matter = county.units["TOWN-02"], issue(county)
    with translation.override("en"):
        urge(actor=chief, matter=matter)
        asked = ask_extension(
            actor=owner, matter=matter, deadline="finish", days=3, reason="雨季停工"
        )
        decide_extension(actor=chief, extension=asked, approve=True)
        add_owner(actor=chief, matter=matter, party="helper", side=county.communities[2])
        reassign(actor=chief, matter=matter, party="owner", side=side, reason="分工")
        step(county, matter, "sign", "secretary2")
        split(actor=chief, matter=matter, shares=[Share(one) for one in county.communities])
    notes = [row.note for row in matter.story.order_by("pk") if row.note]
    begins = [
        "请抓紧办理，还有",
        "申请延长 3 天",
        "同意延长 3 天",
        "增加协办单位：",
        "责任单位改为",
        "分办给：",
    ]
    assert [note[: len(start)] for note, start in zip(notes, begins, strict=True)] == begins


def test_once_a_day_even_after_a_step(county: Cast) -> None:
    actor, matter = county.actor("commissioner"), issue(county)
    urge(actor=actor, matter=matter)
    with pytest.raises(StateError, match="今天已经催办过了"):
        urge(actor=county.actor("leader"), matter=matter)
    step(county, matter, "sign", "secretary1", contact="网格长")
    matter.refresh_from_db()
    assert matter.urged_on is None, "a step answers it"
    with pytest.raises(StateError, match="明天可以再催"):
        urge(actor=actor, matter=matter)
    matter.story.filter(kind="urged").update(at=timezone.now() - timedelta(days=1))
    assert urge(actor=actor, matter=matter).urged_on == timezone.localdate()


@pytest.mark.parametrize("part", ["commissioner", "leader", "organiser"])
def test_who_opened_or_stands_above_may(county: Cast, part: str) -> None:
    assert urge(actor=county.actor(part), matter=issue(county)).urged_on


@pytest.mark.parametrize("part", ["secretary2", "desk", "outsider", "county_leader", "audit"])
def test_others_may_not(county: Cast, part: str) -> None:
    matter = issue(county)
    with pytest.raises(ForbiddenError):
        urge(actor=county.actor(part), matter=matter)
    matter.refresh_from_db()
    assert matter.urged_on is None


def test_there_must_be_somebody_else_to_press(county: Cast) -> None:
    actor, matter = county.actor("commissioner"), reported(county)
    with pytest.raises(RefusedError, match="没有在等别人"):
        urge(actor=actor, matter=matter)
    step(county, matter, "accept", "commissioner", finding="到场看过，属实。")
    with pytest.raises(StateError, match="已经办结"):
        urge(actor=actor, matter=matter)


def test_it_stands_first_in_the_owners_work_list(county: Cast) -> None:
    late, pressed = issue(county), issue(county, due_on=timezone.localdate() + timedelta(days=60))
    today = timezone.localdate()
    Matter.objects.filter(pk=late.pk).update(due=today - timedelta(days=3))
    urge(actor=county.actor("commissioner"), matter=pressed)
    first, second = grouped(duties(county.actor("secretary1")), today)
    assert (str(first.title), first.late) == ("被催办的", False)
    assert [duty.url for duty in first.duties] == [story(pressed)]
    assert [duty.url for duty in second.duties] == [story(late)]
    assert second.late


def test_the_digest_names_it_first_and_once(county: Cast) -> None:
    today = timezone.localdate()
    pressed, late = issue(county), issue(county)
    for matter in (pressed, late):
        day = today - timedelta(days=1)
        matter.deadlines.update(base=day, due_on=day)
    urge(actor=county.actor("commissioner"), matter=pressed)
    daily_round(today)
    lines = Digest.objects.get(person=county.people["secretary1"]).lines
    assert lines == {"urged": [pressed.public_id], "overdue": [late.public_id]}


def test_the_page_shows_what_was_told_day_by_day(county: Cast, browse: Browse) -> None:
    today, matter = timezone.localdate(), issue(county)
    url = reverse("matters:digests")
    assert "今天的提醒还没有写" in browse("secretary1").get(url).content.decode()
    urge(actor=county.actor("commissioner"), matter=matter)
    preview = days(county.actor("secretary1"), today)
    daily_round(today)
    (told,) = days(county.actor("secretary1"), today)
    assert told.written
    assert told.parts == preview[0].parts, "the round says what was announced"
    page = browse("secretary1").get(url).content.decode()
    assert "今天的提醒还没有写" not in page
    assert "有人催办" in page
    assert story(matter) in page
    assert "没有需要提醒的事项" in browse("secretary2").get(url).content.decode()
    assert url in browse("secretary1").get("/").content.decode()


def test_the_page_goes_back_two_weeks_and_shows_no_others_matters(
    county: Cast, browse: Browse
) -> None:
    today, matter = timezone.localdate(), issue(county)
    person = county.people["secretary2"]
    for ago in (1, 13, 14):
        day = today - timedelta(days=ago)
        Digest.objects.create(person=person, day=day, lines={"soon": [matter.public_id]})
    found = days(county.actor("secretary2"), today)
    assert [(today - day.day).days for day in found] == [0, 1, 13]
    daily_round(today)
    kept = Digest.objects.filter(person=person).order_by("-day")
    assert [(today - one.day).days for one in kept] == [1, 13], "what is shown no more is not kept"
    page = browse("secretary2").get(reverse("matters:digests")).content.decode()
    assert matter.title not in page
    assert "另有 1 件现在已不归您看" in page


def test_escalation_is_announced_to_the_level_above(county: Cast) -> None:
    today, matter = timezone.localdate(), issue(county)
    day = today - timedelta(days=9)
    matter.deadlines.update(base=day, due_on=day)
    (told,) = days(county.actor("commissioner"), today)
    assert [(part.why.value, part.matters) for part in told.parts] == [("above", (matter,))]
    assert not told.written
    assert not matter.story.filter(kind="escalated").exists(), "only looking writes nothing"


def test_a_preview_reads_only_what_it_may_name(county: Cast) -> None:
    owed, checked = issue(county), reported(county)
    assert set(concerning(county.actor("secretary1"))) == {owed}
    assert set(concerning(county.actor("commissioner"))) == {owed, checked}
    assert set(concerning(county.actor("organiser"))) == {checked}, "the town's turn, not its order"
    step(county, checked, "accept", "commissioner", finding="到场看过，属实。")
    assert not concerning(county.actor("organiser")).exists()


def test_the_button_stands_where_it_may_be_pressed(county: Cast, browse: Browse) -> None:
    matter = issue(county)
    url = reverse("matters:urge", args=[matter.public_id])
    assert url in browse("commissioner").get(story(matter)).content.decode()
    assert url not in browse("secretary1").get(story(matter)).content.decode()
    assert browse("secretary1").post(url).status_code == 403
    assert browse("secretary2").post(url).status_code == 404
    page = browse("commissioner").post(url, follow=True).content.decode()
    assert "已催办：" in page
    page = browse("commissioner").post(url, follow=True).content.decode()
    assert "今天已经催办过了" in page
    assert matter.story.filter(kind="urged").count() == 1


def test_ticked_ones_are_pressed_for_each_on_its_own(county: Cast, browse: Browse) -> None:
    matters = [issue(county) for _number in range(3)]
    urge(actor=county.actor("commissioner"), matter=matters[0])
    client, picks = browse("commissioner"), {"pick": [one.public_id for one in matters]}
    assert "催办其中 3 件" in client.get(reverse("matters:bulk"), picks).content.decode()
    data = picks | {"words": f" 周五前\n请先报进展 {'长' * 200}"}
    page = client.post(reverse("matters:bulk-urge"), data).content.decode()
    note = matters[2].story.get(kind="urged").note
    assert "。周五前 请先报进展 长" in note
    assert len(note) < 160
    assert "催办：已办理 2 件" in page
    assert "今天已经催办过了" in page
    assert Matter.objects.filter(urged_on=timezone.localdate()).count() == 3
    assert browse("commissioner").get(reverse("matters:bulk-urge")).status_code == 405
