"""Errands for residents: whoever takes it sees it through in time, and nobody's name is kept."""

from collections.abc import Callable
from datetime import date

import pytest

from shuzhi.kernel.calendar import Workdays
from shuzhi.kernel.errors import ForbiddenError, MissingFactError
from shuzhi.matters.mechanism import mechanism_of
from shuzhi.matters.models import Matter
from shuzhi.matters.terms import Terms
from shuzhi.registry.enums import Role
from tests.matters.stories.tale import Tale, day

TOLD = {"told_on": day(0), "satisfaction": "satisfied"}


@pytest.fixture
def tale(tell: Callable[..., Tale]) -> Tale:
    made = tell("agency-service")
    made.join("agent", made.cast.communities[0])
    made.join("deputy", made.cast.communities[0], Role.SECRETARY)
    return made


def errand(tale: Tale, urgency: str = "usual", agent: str = "agent") -> Matter:
    home, person = tale.cast.communities[0], tale.cast.people[agent]
    facts = {"kind": "insurance", "urgency": urgency, "papers": "参保证明原件"}
    return tale.open(
        "secretary1", "agency-service", home, "代办医保转移", {"agent": person}, **facts
    )


def test_from_taking_it_to_collecting(tale: Tale) -> None:
    matter = errand(tale)
    assert matter.number
    tale.refused(matter, "secretary1", "finish", ForbiddenError, result="办好了办好了")
    tale.step(matter, "agent", "finish", result="医保已转入本县")
    tale.refused(matter, "agent", "collect", ForbiddenError, **TOLD)
    tale.refused(matter, "secretary1", "collect", MissingFactError, satisfaction="satisfied")
    assert tale.step(matter, "secretary1", "collect", **TOLD) == "collected"
    found = tale.measures("agency", tale.cast.town)
    assert (found["total"], found["done"], found["satisfaction_rate"]) == (1, 1, 100)


def test_the_clock_stands_still_while_papers_are_missing(tale: Tale) -> None:
    matter = errand(tale)
    due = matter.due
    tale.step(matter, "agent", "wait", missing="转出地证明")
    assert matter.due is None
    tale.step(matter, "agent", "resume", papers="转出地证明已到")
    assert matter.due == due


def test_weekends_do_not_lengthen_a_pause(tale: Tale) -> None:
    matter = errand(tale)
    friday, monday = date(2026, 11, 20), date(2026, 11, 23)
    matter.deadlines.update(base=date(2026, 11, 16), due_on=monday)  # five working days from Monday
    plan = mechanism_of(matter.reference).plan
    terms = Terms(plan, matter, matter.deadlines.all(), Workdays())
    terms.enter("missing", friday)
    assert terms.due() is None
    terms.enter("running", monday)
    assert terms.due() == date(2026, 11, 24), "one day was left on Friday, and is left on Monday"


def test_urgent_ones_have_less_time(tale: Tale) -> None:
    usual, urgent = errand(tale), errand(tale, "urgent")
    assert usual.due
    assert urgent.due
    assert urgent.due < usual.due
    assert tale.measures("agency", tale.cast.town)["urgent"] == 1


def test_an_agent_who_acts_for_the_station_does_not_close_the_own_errand(tale: Tale) -> None:
    matter = errand(tale, agent="secretary1")
    tale.step(matter, "secretary1", "finish", result="医保已转入本县")
    tale.refused(matter, "secretary1", "collect", ForbiddenError, **TOLD)
    assert tale.step(matter, "deputy", "collect", **TOLD) == "collected"


def test_it_may_be_handed_on_and_what_cannot_be_done_is_explained(tale: Tale) -> None:
    matter = errand(tale)
    deputy = {"agent": tale.cast.people["deputy"]}
    tale.step(matter, "secretary1", "hand_on", deputy, reason="原代办人住院")
    tale.refused(matter, "agent", "finish", ForbiddenError, result="办好了办好了")
    tale.step(matter, "secretary1", "refuse", reason="政策规定须本人到场", told_on=day(0))
    found = tale.measures("agency", tale.cast.town)
    assert (found["total"], found["done"]) == (1, 0)


def test_there_is_no_field_for_a_residents_name_or_number(tale: Tale) -> None:
    plan = mechanism_of(errand(tale).reference).plan
    assert not [fact for fact in plan.fields if fact.personal]
    labels = "".join(str(fact.label) for fact in plan.fields)
    assert not any(word in labels for word in ("姓名", "身份证", "电话", "手机", "住址"))
