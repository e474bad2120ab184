"""Pages of a meeting: who sees which, the sheet out and in, and a constant number of queries."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shuzhi.ballots import services as ballots
from shuzhi.ballots.services import PollForm
from shuzhi.gatherings import queries, services
from shuzhi.gatherings.enums import GatheringState, Presence
from shuzhi.gatherings.models import Gathering
from tests.cast import Cast

from .conftest import people

FORM = PollForm.model_validate(
    {
        "scale": {"choices": {"好": 100, "差": 50}},
        "categories": [{"id": "A", "title": "镇领导班子", "weight": 100}],
        "remark": False,
        "min_marks": 3,
    }
)
Browse = Callable[[str], Client]
DESK_PAGES = ("door", "desk", "close", "record")
VIEW_PAGES = ("detail", "roll", "live", "screen")


def address(name: str, meeting: Gathering, *more: str) -> str:
    return reverse(f"gatherings:{name}", args=[meeting.public_id, *more])


@pytest.mark.parametrize("page", [*DESK_PAGES, *VIEW_PAGES])
@pytest.mark.parametrize("part", ["outsider", "secretary1", "audit", "system", "teller1"])
def test_outside_reach_a_meeting_does_not_exist(
    meeting: Gathering, browse: Browse, part: str, page: str
) -> None:
    assert browse(part).get(address(page, meeting)).status_code == 404


@pytest.mark.parametrize("page", DESK_PAGES)
def test_who_may_only_look_is_forbidden_at_the_desk(
    meeting: Gathering, browse: Browse, page: str
) -> None:
    assert browse("inspector").get(address(page, meeting)).status_code == 403


@pytest.mark.parametrize("page", [*DESK_PAGES, *VIEW_PAGES])
def test_the_desk_sees_its_pages(meeting: Gathering, browse: Browse, page: str) -> None:
    assert browse("desk").get(address(page, meeting)).status_code == 200


@pytest.mark.parametrize("page", ["detail", "desk", "door", "roll", "list"])
def test_queries_do_not_grow_with_people(
    cast: Cast, meeting: Gathering, browse: Browse, page: str
) -> None:
    client = browse("commissioner")
    url = reverse("gatherings:list") if page == "list" else address(page, meeting)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    more = [{"category": "B", "name": f"更多{n}", "unit_name": "", "post": ""} for n in range(30)]
    services.call_attendees(meeting, more, actor=cast.actor("commissioner"))
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few)


def test_the_meeting_is_run_from_the_desk(meeting: Gathering, browse: Browse) -> None:
    desk = browse("desk")
    desk.post(address("open", meeting))
    desk.post(address("next", meeting), {"called": meeting.turns.all()[0].public_id})
    turn = queries.current(queries.turns(meeting))
    assert turn is not None
    assert turn.name in desk.get(address("desk", meeting)).content.decode()
    live = desk.get(address("live", meeting)).json()
    assert live["clock"]["ticking"]
    desk.post(address("step", meeting, turn.public_id, "pause"))
    assert not desk.get(address("live", meeting)).json()["clock"]["ticking"]
    desk.post(address("close", meeting))
    meeting.refresh_from_db()
    assert meeting.state == GatheringState.CLOSED


def test_a_step_that_is_late_says_so(meeting: Gathering, browse: Browse) -> None:
    desk = browse("desk")
    first = {"called": meeting.turns.all()[0].public_id}
    answer = desk.post(address("next", meeting), first, follow=True)
    assert "会议尚未开始" in answer.content.decode()


def test_signing_in_at_the_door(meeting: Gathering, browse: Browse) -> None:
    person = meeting.attendees.all()[0]
    browse("desk").post(address("presence", meeting, person.public_id), {"presence": "present"})
    person.refresh_from_db()
    assert person.presence == Presence.PRESENT


def test_the_sheet_that_goes_out_comes_in_again(meeting: Gathering, browse: Browse) -> None:
    client = browse("commissioner")
    before = list(meeting.attendees.values_list("category", "name", "unit_name", "post"))
    book = client.get(address("roll-sheet", meeting)).content
    upload = SimpleUploadedFile("名单.xlsx", book)
    client.post(address("roll-sheet", meeting), {"sheet": upload})
    after = list(meeting.attendees.values_list("category", "name", "unit_name", "post"))
    assert after == before


def test_a_wrong_sheet_names_its_rows_and_changes_nothing(
    meeting: Gathering, browse: Browse
) -> None:
    text = "类别,姓名,单位,职务\n没有的类,甲,,\n镇领导班子,=1+1,,\n"
    answer = browse("commissioner").post(
        address("roll-sheet", meeting),
        {"sheet": SimpleUploadedFile("名单.csv", text.encode())},
    )
    assert answer.status_code == 422
    assert "公式" in answer.content.decode()
    assert meeting.attendees.count() == len(people("A", 4)) + len(people("B", 6))


def test_somebody_twice_in_a_sheet_is_named_by_the_sheets_own_rows(
    meeting: Gathering, browse: Browse
) -> None:
    text = "参会名单,,,\n类别,姓名,单位,职务\n镇领导班子,甲,,\n镇领导班子,乙,,\n镇领导班子,甲,,\n"
    answer = browse("commissioner").post(
        address("roll-sheet", meeting),
        {"sheet": SimpleUploadedFile("名单.csv", text.encode())},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "与第 3 行重复" in page
    assert ">5<" in page
    assert meeting.attendees.count() == len(people("A", 4)) + len(people("B", 6))


def test_names_are_text_and_never_markup(cast: Cast, meeting: Gathering, browse: Browse) -> None:
    hostile = {"category": "A", "name": "<img src=x onerror=alert(1)>", "unit_name": "", "post": ""}
    services.call_attendees(meeting, [hostile], actor=cast.actor("commissioner"))
    page = browse("desk").get(address("door", meeting)).content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_a_meeting_whose_poll_is_not_ready_says_what_is_missing(
    cast: Cast, meeting: Gathering, browse: Browse
) -> None:
    poll = ballots.create_poll(
        actor=cast.actor("commissioner"), title="测评", unit=cast.town, form=FORM
    )
    Gathering.objects.filter(pk=meeting.pk).update(poll=poll)
    page = browse("desk").get(address("desk", meeting)).content.decode()
    assert "还没有述职人员名单" in page
    assert address("open", meeting) not in page


def test_a_record_that_somebody_else_has_written_is_not_lost(
    cast: Cast, meeting: Gathering, browse: Browse
) -> None:
    page, desk = address("record", meeting), browse("desk")
    seen = desk.get(page).context["form"]["seen"].value()
    services.record_minutes(meeting, "第一位述职时有人提问", actor=cast.actor("commissioner"))
    typed = {"record": "第二位述职超时", "seen": seen}
    refused = desk.post(page, typed)
    assert refused.status_code == 422
    assert "第一位述职时有人提问" in refused.content.decode()
    assert "第二位述职超时" in refused.content.decode()
    assert Gathering.objects.get().record == "第一位述职时有人提问"
    desk.post(page, typed | {"seen": refused.context["form"]["seen"].value()})
    assert Gathering.objects.get().record == "第二位述职超时"


def test_arrangements_that_somebody_else_has_changed_are_not_lost(
    cast: Cast, meeting: Gathering, browse: Browse
) -> None:
    page, clerk = address("arrangements", meeting), browse("commissioner")
    form = clerk.get(page).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | {"host": "镇长"}
    typed["starts_at"] = "2026-12-20T09:00"
    services.change_gathering(meeting, actor=cast.actor("commissioner"), place="镇礼堂")
    faulty = clerk.post(page, typed | {"quorum_percent": "0"})
    assert faulty.context["form"]["seen"].value() == typed["seen"], "a typing fault shows nothing"
    refused = clerk.post(page, typed)
    assert refused.status_code == 422
    assert "镇礼堂" in refused.content.decode()
    assert Gathering.objects.get().place == "镇礼堂"
    clerk.post(page, typed | {"seen": refused.context["form"]["seen"].value()})
    assert Gathering.objects.get().host == "镇长"
