"""Deadlines of one matter as it moves: begun, met, paused, dropped, begun again."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from shuzhi.kernel.calendar import Workdays

from .enums import DeadlineState
from .models import Matter, MatterDeadline
from .schema import Deadline, MatterPlan, StateKind, When

RUNNING, PAUSED = DeadlineState.RUNNING, DeadlineState.PAUSED


def holds(when: When | None, facts: Mapping[str, Any]) -> bool:
    """Tell whether a condition holds for the facts known so far."""
    return when is None or facts.get(when.field) in when.is_


def counted(base: date, days: int, *, working: bool, calendar: Workdays) -> date:
    """Return the day `days` (working) days after `base`."""
    if working and days:
        return calendar.after(base, days)
    return base + timedelta(days=days)


def begun(
    matter: Matter, row: Deadline, facts: Mapping[str, Any], today: date, calendar: Workdays
) -> MatterDeadline | None:
    """Return a run of `row` that begins today; None while the facts do not set it."""
    if not holds(row.when, facts):
        return None
    base, fixed = _base(row, facts, today)
    if base is None:
        return None
    days, working = row.days or 0, row.unit == "working"
    due = counted(base, days, working=working, calendar=calendar)
    return MatterDeadline(
        matter=matter,
        key=row.id,
        round=matter.round,
        base=base,
        days=days,
        working=working,
        fixed=fixed,
        first_due=due,
        due_on=due,
    )


def _base(row: Deadline, facts: Mapping[str, Any], today: date) -> tuple[date | None, bool]:
    name = row.field or row.starts.field
    if name is None:
        return today, False
    given = facts.get(name)
    return (date.fromisoformat(given) if given else None), row.field is not None


class Terms:
    """The deadlines of a matter in memory: change them, then ask what to save."""

    def __init__(
        self, plan: MatterPlan, matter: Matter, rows: Iterable[MatterDeadline], calendar: Workdays
    ) -> None:
        self.plan, self.matter, self.rows, self.calendar = plan, matter, list(rows), calendar

    def alive(self) -> list[MatterDeadline]:
        """Return those that run or stand still."""
        return [row for row in self.rows if row.state in {RUNNING, PAUSED}]

    def enter(self, key: str, today: date, *, again: bool = False) -> None:
        """Do what entering state `key` does to the deadlines."""
        kind = self.plan.by_state[key].kind
        self._meet(key, kind, today)
        for row in self.plan.deadlines:
            if row.starts.state == key or (again and self._was_met(row, key)):
                self.begin(row, today)
        if kind is StateKind.PAUSED:
            self._pause(today)
        else:
            self._resume(today)

    def given(self, names: Iterable[str], today: date) -> None:
        """Do what newly given dates do: begin a deadline, or set its date anew."""
        named = set(names)
        for row in self.plan.deadlines:
            if row.field in named:
                self._set_date(row)
            here = row.starts.state == self.matter.state_key
            if row.starts.field in named or (here and row.field in named):
                self.begin(row, today)

    def renew(self, step: str, today: date) -> None:
        """Meet and begin anew the deadlines that a step renews."""
        for row in self.plan.deadlines:
            if step in row.renewed_by:
                self._meet_all([one for one in self.alive() if one.key == row.id], today)
                self.begin(row, today)

    def begin(self, row: Deadline, today: date) -> None:
        """Begin a run unless one is under way."""
        if any(one.key == row.id for one in self.alive()):
            return
        new = begun(self.matter, row, self.matter.facts, today, self.calendar)
        if new:
            self.rows.append(new)

    def due(self) -> date | None:
        """Return the nearest day on which something is due."""
        return min((row.due_on for row in self.rows if row.state == RUNNING), default=None)

    def save(self) -> None:
        """Store every row."""
        for row in self.rows:
            row.save()

    def _was_met(self, row: Deadline, key: str) -> bool:
        met = [one for one in self.rows if one.key == row.id]
        return bool(met) and met[-1].state == DeadlineState.MET and key not in row.ends

    def _meet(self, key: str, kind: StateKind, today: date) -> None:
        if kind in {StateKind.DROPPED, StateKind.FAILED}:
            for row in self.alive():
                row.state = DeadlineState.DROPPED
        ends = {row.id for row in self.plan.deadlines if key in row.ends}
        done = kind is StateKind.DONE
        self._meet_all([row for row in self.alive() if done or row.key in ends], today)

    def _meet_all(self, rows: Iterable[MatterDeadline], today: date) -> None:
        for row in rows:
            row.state, row.met_on = DeadlineState.MET, today
            self.matter.late |= today > row.due_on

    def _set_date(self, row: Deadline) -> None:
        for one in self.alive():
            if one.key == row.id:
                one.base = date.fromisoformat(self.matter.facts[row.field or ""])
                one.days = 0
                one.due_on = one.base

    def _pause(self, today: date) -> None:
        for row in self.alive():
            if row.state == RUNNING:
                row.state, row.paused_on = PAUSED, today

    def _resume(self, today: date) -> None:
        for row in self.alive():
            if row.state == PAUSED and row.paused_on:
                row.base = self._later(row, row.paused_on, today)
                row.state, row.paused_on = RUNNING, None
                row.due_on = counted(
                    row.base, row.days, working=row.working, calendar=self.calendar
                )

    def _later(self, row: MatterDeadline, paused_on: date, today: date) -> date:
        """Return where a run that stood still would have had to begin, to have as much left."""
        if not row.working:
            return row.base + (today - paused_on)
        stood = self.calendar.between(paused_on, today)
        if not stood:
            return row.base
        later = self.calendar.postponed if row.days else self.calendar.later  # a date is no term
        return later(row.base, stood)


def refresh_due(matter: Matter) -> None:
    """Keep the nearest running deadline with the matter, where lists look for it."""
    rows = matter.deadlines.filter(state=RUNNING).order_by("due_on")
    matter.due = None if matter.ended else rows.values_list("due_on", flat=True).first()
    matter.save(update_fields=["due"])
