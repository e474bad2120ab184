"""A meeting of the town with three reporters and ten people called."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from shuzhi.gatherings import services
from shuzhi.gatherings.models import Gathering
from tests.cast import YEAR, Cast

CATEGORIES = [{"id": "A", "title": "镇领导班子"}, {"id": "B", "title": "党员群众代表"}]


def people(category: str, count: int) -> list[dict[str, str]]:
    """Return `count` people to call in a category."""
    return [
        {"category": category, "name": f"{category}{n}", "unit_name": "清溪镇", "post": ""}
        for n in range(count)
    ]


@pytest.fixture
def meeting(cast: Cast) -> Gathering:
    """A meeting in preparation, without a poll."""
    actor = cast.actor("commissioner")
    gathering = services.create_gathering(
        actor=actor,
        title="2026年度述职评议会",
        unit=cast.town,
        year=YEAR,
        starts_at=datetime(2026, 12, 20, 9, tzinfo=ZoneInfo("Asia/Shanghai")),
        place="镇机关三楼会议室",
        host="镇党委书记",
        categories=CATEGORIES,
    )
    specs = [services.TurnSpec(u.code, u.name, f"书记{n}") for n, u in enumerate(cast.communities)]
    services.set_turns(gathering, specs, actor=actor)
    services.call_attendees(gathering, people("A", 4) + people("B", 6), actor=actor)
    return gathering


@pytest.fixture
def running(cast: Cast, meeting: Gathering) -> Gathering:
    """The meeting, opened by the desk."""
    return services.open_gathering(meeting, actor=cast.actor("desk"))
