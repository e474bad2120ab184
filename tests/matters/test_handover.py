"""An order from beginning to end: issued, signed for, done, checked by the side that issued it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from shuzhi.kernel.errors import ForbiddenError, StateError
from shuzhi.kernel.models import AuditEvent
from shuzhi.kernel.uploads import FileKind, Received
from shuzhi.matters.facts import FactsError
from shuzhi.matters.models import Matter
from shuzhi.matters.services import Share, open_matter, split, take_step
from shuzhi.registry.enums import Role
from shuzhi.registry.models import Appointment, RoleGrant, Unit
from tests.cast import SINCE, Cast

PHOTO = Received("现场.png", b"\x89PNG\r\n\x1a\n", FileKind.PNG)


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def issue(cast: Cast, **changes: Any) -> Matter:
    facts = {"source": "inspection", "requirement": "公开栏每月更新", "due_on": in_days(20)}
    return open_matter(
        actor=cast.actor("commissioner"),
        mechanism="handover-order",
        unit=cast.communities[0],
        title="党务公开栏半年没有更新",
        facts=facts | changes,
    )


def step(cast: Cast, matter: Matter, name: str, part: str, **facts: Any) -> Matter:
    return take_step(actor=cast.actor(part), matter=matter, step=name, facts=facts)


def reported(cast: Cast) -> Matter:
    matter = step(cast, issue(cast), "sign", "secretary1", contact="张三")
    result = "公开栏已更新，并定了每月五日更新的制度。"
    return step(cast, matter, "report", "secretary1", result=result, evidence=[PHOTO])


def test_from_issue_to_close(county: Cast) -> None:
    matter = issue(county)
    assert matter.number == f"清溪镇交办〔{matter.year}〕1号"
    assert issue(county).number.endswith("〕2号")
    matter = reported(county)
    assert (matter.state_key, matter.due, matter.closed_on) == ("reported", None, None)
    matter = step(county, matter, "accept", "commissioner", finding="实地看过，属实。")
    assert (matter.state_key, matter.closed_on) == ("closed", timezone.localdate())
    assert [row.step for row in matter.story.all()] == ["", "sign", "report", "accept"]
    posts = [(row.name, row.post, str(row.unit)) for row in matter.story.all()]
    assert posts[1] == ("书记1", "书记", "第1社区党工委")
    assert matter.files.get().file.name == "现场.png"
    assert not matter.late


def test_what_names_somebody_stays_out_of_the_leaf(county: Cast) -> None:
    matter = step(county, issue(county), "sign", "secretary1", contact="张三")
    event = AuditEvent.objects.get(kind="matter.step", subject_id=str(matter.pk))
    assert "张三" not in event.payload
    assert event.after["step"] == "sign"


def test_nobody_else_may(county: Cast) -> None:
    matter = issue(county)
    for part in ("commissioner", "secretary2", "outsider", "organiser", "audit"):
        with pytest.raises(ForbiddenError):
            step(county, matter, "sign", part)
    matter.refresh_from_db()
    assert matter.state_key == "issued"
    assert matter.story.count() == 1


def also(cast: Cast, part: str, unit: Unit, role: Role) -> None:
    """Give somebody a second post."""
    post = Appointment.objects.create(person=cast.people[part], unit=unit, post="兼职", since=SINCE)
    RoleGrant.objects.create(appointment=post, role=role, since=SINCE)


def shared(cast: Cast) -> tuple[Matter, list[Matter]]:
    """Return an order shared out to the second and third community, which have reported."""
    whole, chief = step(cast, issue(cast), "sign", "secretary1"), cast.actor("commissioner")
    units = cast.communities[1:3]
    parts = split(actor=chief, matter=whole, shares=[Share(unit) for unit in units])
    result = "公开栏已更新，并定了每月五日更新的制度。"
    for part, owner in zip(parts, ("secretary2", "secretary3"), strict=True):
        signed = step(cast, part, "sign", owner)
        step(cast, signed, "report", owner, result=result, evidence=[PHOTO])
    return whole, parts


def test_a_second_post_lets_nobody_verify_the_own_part_or_the_whole(county: Cast) -> None:
    whole, parts = shared(county)
    also(county, "secretary2", county.town, Role.TOWN_COMMISSIONER)
    with pytest.raises(ForbiddenError):
        step(county, parts[0], "accept", "secretary2", finding="属实。")
    step(county, parts[1], "accept", "secretary2", finding="别人的部分，看过属实。")
    step(county, parts[0], "accept", "commissioner", finding="看过，属实。")
    whole.refresh_from_db()
    assert whole.state_key == "reported"
    for name in ("accept", "refuse"):
        with pytest.raises(ForbiddenError):
            step(county, Matter.objects.get(pk=whole.pk), name, "secretary2", finding="都属实。")
    assert step(county, whole, "accept", "commissioner", finding="属实。").state_key == "closed"


def test_who_has_moved_on_since_does_not_verify_the_own_part(county: Cast) -> None:
    whole, parts = shared(county)
    for part in parts:
        step(county, part, "accept", "commissioner", finding="看过，属实。")
    Appointment.objects.filter(person=county.people["secretary2"]).update(until=SINCE)
    also(county, "secretary2", county.town, Role.TOWN_COMMISSIONER)
    with pytest.raises(ForbiddenError):
        step(county, Matter.objects.get(pk=whole.pk), "accept", "secretary2", finding="属实。")


def test_who_was_second_is_told(county: Cast) -> None:
    first, second = (Matter.objects.get(pk=issue(county).pk) for _ in range(2))
    second = Matter.objects.get(pk=first.pk)
    step(county, first, "sign", "secretary1")
    with pytest.raises(StateError, match="刷新"):
        step(county, second, "sign", "secretary1")


def test_sent_back_it_runs_again(county: Cast) -> None:
    matter = step(county, reported(county), "refuse", "commissioner", finding="照片是去年的。")
    assert (matter.state_key, matter.round, matter.due) == ("working", 2, in_days(20))
    assert [row.state for row in matter.deadlines.filter(key="finish")] == ["met", "running"]


def test_every_fault_is_named(county: Cast) -> None:
    with pytest.raises(FactsError) as found:
        issue(county, source="rumour", due_on="yesterday", speed=7, requirement="")
    assert set(found.value.faults) == {"source", "due_on", "speed", "requirement"}
    assert not Matter.objects.exists()
