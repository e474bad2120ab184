"""The roll and the door: all or none, by category, quorum rounded up."""

import pytest

from shuzhi.gatherings import queries, services
from shuzhi.gatherings.enums import Presence
from shuzhi.gatherings.models import Gathering
from shuzhi.kernel.errors import FaultsError, MissingFactError, StateError
from tests.cast import Cast

from .conftest import people


def test_quorum_counts_substitutes_and_rounds_up(cast: Cast, meeting: Gathering) -> None:
    desk = cast.actor("desk")
    assert queries.quorum(meeting).needed == 8
    called = list(meeting.attendees.all())
    for person in called[:7]:
        services.sign_in(person, Presence.PRESENT, actor=desk)
    services.sign_in(called[8], Presence.EXCUSED, actor=desk)
    assert not queries.quorum(meeting).reached
    services.sign_in(called[7], Presence.SUBSTITUTE, actor=desk, substitute="张三")
    assert queries.quorum(meeting).reached
    rows = {row.category: row for row in queries.attendance(meeting)}
    assert (rows["A"].called, rows["A"].there, rows["A"].missing) == (4, 4, 0)
    assert (rows["B"].there, rows["B"].substitutes, rows["B"].excused) == (4, 1, 1)
    assert rows["B"].missing == 1


def test_a_substitute_needs_a_name(cast: Cast, meeting: Gathering) -> None:
    person = meeting.attendees.all()[0]
    with pytest.raises(MissingFactError, match=person.name):
        services.sign_in(person, Presence.SUBSTITUTE, actor=cast.actor("desk"), substitute=" ")
    person.refresh_from_db()
    assert person.presence == Presence.EXPECTED


def test_every_fault_of_a_list_is_named_and_nothing_enters(cast: Cast, meeting: Gathering) -> None:
    wrong = [
        {"category": "X", "name": "甲", "unit_name": "", "post": ""},
        {"category": "A", "name": "", "unit_name": "", "post": ""},
        {"category": "A", "name": "A0", "unit_name": "清溪镇", "post": ""},
        {"category": "B", "name": "长" * 61, "unit_name": "", "post": ""},
        {"category": "B", "name": "好", "unit_name": "", "post": ""},
        {"category": "B", "name": "乙", "unit_name": "清西镇", "post": ""},
    ]
    with pytest.raises(FaultsError) as refused:
        services.call_attendees(meeting, wrong, actor=cast.actor("commissioner"))
    assert [fault.row for fault in refused.value.faults] == [1, 2, 3, 4, 6]
    assert "名单上已有" in str(refused.value.faults[2])
    assert "没有“清西镇”" in str(refused.value.faults[4])
    assert meeting.attendees.count() == 10


def test_a_sheet_replaces_the_roll_until_somebody_signed_in(cast: Cast, meeting: Gathering) -> None:
    actor = cast.actor("commissioner")
    services.import_attendees(meeting, people("B", 3), actor=actor)
    assert meeting.attendees.count() == 3
    person = meeting.attendees.all()[0]
    services.sign_in(person, Presence.PRESENT, actor=cast.actor("desk"))
    with pytest.raises(StateError):
        services.import_attendees(meeting, people("B", 2), actor=actor)
    assert meeting.attendees.count() == 3


def test_after_the_close_nothing_of_the_roll_changes(cast: Cast, running: Gathering) -> None:
    desk = cast.actor("desk")
    services.close_gathering(running, actor=desk)
    person = running.attendees.all()[0]
    with pytest.raises(StateError):
        services.sign_in(person, Presence.PRESENT, actor=desk)
