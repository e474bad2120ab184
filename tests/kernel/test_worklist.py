"""The work list: what is overdue comes first, what others owe last."""

from datetime import date, timedelta

import pytest

from shuzhi.kernel import worklist
from shuzhi.kernel.access import Actor
from shuzhi.kernel.worklist import Duty, countdown, duties, grouped, register_duties

WEDNESDAY = date(2026, 1, 7)
NOBODY = Actor(account_id=None, name="")


def duty(days: int | None, owed_by: str = "") -> Duty:
    due = None if days is None else WEDNESDAY + timedelta(days=days)
    return Duty(f"{days}", "/", due=due, owed_by=owed_by)


def titles(*found: Duty) -> list[tuple[str, list[str]]]:
    groups = grouped(list(found), WEDNESDAY)
    return [(str(group.title), [str(d.title) for d in group.duties]) for group in groups]


def test_each_urgency_has_its_group() -> None:
    found = [duty(-3), duty(0), duty(1), duty(4), duty(5), duty(None), duty(-9, "镇党委")]
    assert titles(*found) == [
        ("已经逾期", ["-3"]),
        ("今天", ["0"]),
        ("本周", ["1", "4"]),
        ("以后", ["5", "None"]),
        ("等待他人办理", ["-9"]),
    ]


def test_only_the_overdue_group_is_marked() -> None:
    groups = grouped([duty(-1), duty(0), duty(-1, "镇党委")], WEDNESDAY)
    assert [group.late for group in groups] == [True, False, False]


def test_nothing_to_do_has_no_groups() -> None:
    assert grouped([], WEDNESDAY) == []


def test_a_room_adds_its_duties_most_urgent_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worklist, "_providers", [])
    register_duties(lambda _actor: [duty(None), duty(9)])
    register_duties(lambda _actor: [duty(-1)])
    assert [str(found.title) for found in duties(NOBODY)] == ["-1", "9", "None"]


def test_a_provider_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worklist, "_providers", [])

    def provider(_actor: Actor) -> list[Duty]:
        return [duty(0)]

    register_duties(provider)
    register_duties(provider)
    assert len(duties(NOBODY)) == 1


@pytest.mark.parametrize(
    ("days", "words"), [(0, "今天到期"), (1, "还有 1 天"), (30, "还有 30 天"), (-2, "已逾期 2 天")]
)
def test_time_is_told_as_a_secretary_would(days: int, words: str) -> None:
    assert countdown(WEDNESDAY + timedelta(days=days), WEDNESDAY) == words
