"""The navigation holds what the actor may see, in the order of the cycle."""

import pytest

from shuzhi.kernel import navigation
from shuzhi.kernel.access import Actor, Grant, Permission, Reach
from shuzhi.kernel.navigation import Entry, Section, register_entries

VIEWER = Actor(1, "甲", grants=(Grant(Permission.REVIEW_VIEW, Reach.ALL),))
NOBODY = Actor(None, "")
HOME = Entry("我的待办", "web:home", None, Section.WORK)
REVIEWS = Entry("述职评议", "web:password", Permission.REVIEW_VIEW, Section.MEETINGS, 2)
MEETINGS = Entry("会议", "web:year", Permission.REVIEW_VIEW, Section.MEETINGS, 1)
SECRET = Entry("审计", "web:login", Permission.AUDIT_VIEW, Section.SYSTEM)


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_entries", [])
    register_entries([SECRET, REVIEWS, MEETINGS, HOME, HOME])


def shown(actor: Actor) -> list[tuple[str, list[str]]]:
    groups = navigation.navigation(actor)
    return [(str(group.title), [str(entry.label) for entry in group.entries]) for group in groups]


def test_sections_and_entries_stand_in_order() -> None:
    assert shown(VIEWER) == [("我的待办", ["我的待办"]), ("会议与评议", ["会议", "述职评议"])]


def test_what_is_not_permitted_is_not_there() -> None:
    assert shown(NOBODY) == [("我的待办", ["我的待办"])]


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/year/", "/year/"),
        ("/year/2026/plan/", "/year/"),
        ("/", "/"),
        ("/years/", ""),
        ("/elsewhere/", ""),
    ],
)
def test_an_inner_page_stands_below_its_entry(path: str, place: str) -> None:
    assert navigation.place_of(path, navigation.navigation(VIEWER)) == place


def test_a_group_knows_its_addresses() -> None:
    assert navigation.navigation(VIEWER)[1].urls == ["/year/", "/password/"]
