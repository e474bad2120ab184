"""What others may ask of a meeting: who came, is it quorate, whose turn, what was recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from django.db.models import Count, Q
from django.utils import timezone

from .enums import RUNNING, THERE, TICKING, Presence, TurnState
from .models import Attendee, Gathering, Turn

__all__ = ["RUNNING", "Attendance", "Clock", "Quorum", "attendance", "clock", "quorum"]


@dataclass(frozen=True)
class Attendance:
    """How many of a category were called, and how they stand."""

    category: str
    title: str
    called: int
    there: int
    substitutes: int
    excused: int

    @property
    def missing(self) -> int:
        """Return those who neither signed in nor were excused."""
        return self.called - self.there - self.excused


@dataclass(frozen=True)
class Quorum:
    """Whether enough came: `needed` of `called` is the smallest number that suffices."""

    called: int
    there: int
    needed: int

    @property
    def reached(self) -> bool:
        return self.there >= self.needed


@dataclass(frozen=True)
class Clock:
    """A reporter's seconds at `read_at`; `ticking` tells which of the two still grows."""

    spent: int
    asked: int
    ticking: bool
    limit: int
    warn: int

    @property
    def left(self) -> int:
        """Return the seconds left to report; negative when over."""
        return self.limit - self.spent

    @property
    def over(self) -> bool:
        return self.left < 0


def attendance(gathering: Gathering) -> list[Attendance]:
    """Return one row a category in the meeting's own order, in one query."""
    counts = {
        row["category"]: row
        for row in gathering.attendees.order_by("category")
        .values("category")
        .annotate(
            called=Count("pk"),
            there=Count("pk", filter=Q(presence__in=THERE)),
            substitutes=Count("pk", filter=Q(presence=Presence.SUBSTITUTE)),
            excused=Count("pk", filter=Q(presence=Presence.EXCUSED)),
        )
    }
    listed = [entry["id"] for entry in gathering.categories]
    return [
        Attendance(title=gathering.category_title(category), **counts[category])
        for category in [*listed, *sorted(set(counts) - set(listed))]
        if category in counts
    ]


def quorum_of(rows: Sequence[Attendance], percent: int) -> Quorum:
    """Return the quorum over all that were called (rounded up: 4/5 of 21 is 17)."""
    called = sum(row.called for row in rows)
    return Quorum(called, sum(row.there for row in rows), ceil(called * percent / 100))


def quorum(gathering: Gathering) -> Quorum:
    """Return whether the meeting is quorate now."""
    return quorum_of(attendance(gathering), gathering.quorum_percent)


def seconds(turn: Turn, at: datetime | None = None) -> tuple[int, int]:
    """Return the seconds that `turn` has reported and been asked, up to `at` (default now)."""
    running = 0
    if turn.running_since:
        running = max(0, int(((at or timezone.now()) - turn.running_since).total_seconds()))
    if turn.state == TurnState.QUESTIONS:
        return turn.spent, turn.asked + running
    return turn.spent + running, turn.asked


def clock(gathering: Gathering, turn: Turn) -> Clock:
    """Return the clock of a turn as it stands now."""
    spent, asked = seconds(turn)
    return Clock(
        spent,
        asked,
        turn.state in TICKING,
        gathering.speech_minutes * 60,
        gathering.warn_seconds,
    )


def turns(gathering: Gathering) -> list[Turn]:
    """Return the turns in their order."""
    return list(gathering.turns.all())


def current(rows: Sequence[Turn]) -> Turn | None:
    """Return the turn that is under way, if any."""
    return next((turn for turn in rows if turn.state in RUNNING), None)


def following(rows: Sequence[Turn]) -> Turn | None:
    """Return the next turn that waits, if any."""
    return next((turn for turn in rows if turn.state == TurnState.WAITING), None)


def absent(gathering: Gathering) -> list[Attendee]:
    """Return those who are not there, with their reason, for the minutes."""
    return list(gathering.attendees.exclude(presence__in=THERE))


def roll_by_category(gathering: Gathering) -> list[tuple[str, list[Attendee]]]:
    """Return those called, grouped under the words of their category, in one query."""
    groups: dict[str, list[Attendee]] = {str(entry["id"]): [] for entry in gathering.categories}
    for attendee in gathering.attendees.all():
        groups.setdefault(attendee.category, []).append(attendee)
    return [(gathering.category_title(key), people) for key, people in groups.items() if people]
