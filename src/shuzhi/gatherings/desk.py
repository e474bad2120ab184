"""What the control desk and the big screen show at this moment, in a handful of queries."""

from dataclasses import dataclass
from typing import Any

from shuzhi.ballots import queries as ballots
from shuzhi.kernel.language import listed

from . import queries
from .enums import GatheringState
from .models import Gathering, Turn
from .queries import Attendance, Clock, Quorum


@dataclass(frozen=True)
class Desk:
    """The meeting now: turns, clock, attendance, and forms in against slips out."""

    gathering: Gathering
    turns: list[Turn]
    current: Turn | None
    following: Turn | None
    clock: Clock | None
    attendance: list[Attendance]
    quorum: Quorum
    progress: list[Any]

    @property
    def forms_in(self) -> int:
        """Return how many forms have been sent from phones."""
        return sum(row.used for row in self.progress)

    @property
    def slips_out(self) -> int:
        """Return how many slips may still come in."""
        return sum(row.unused for row in self.progress)

    @property
    def paper_out(self) -> int:
        """Return how many paper forms were handed out."""
        return sum(row.paper_issued for row in self.progress)

    @property
    def silent(self) -> str:
        """Return the categories of which no form is in or handed out, as one reads them."""
        return listed(r.title for r in self.progress if not r.used and not r.paper_issued)

    @property
    def signature(self) -> str:
        """Return a word that changes whenever the page must be drawn anew."""
        states = "".join(f"{turn.pk}{turn.state[0]}" for turn in self.turns)
        over = bool(self.clock and self.clock.over)
        short = len(_short_of_slips(self))
        return f"{self.gathering.state}:{states}:{over:d}{self.quorum.reached:d}{short}"

    def live(self) -> dict[str, Any]:
        """Return what changes from second to second; holds no mark and no name of a rater."""
        clock = self.clock
        return {
            "signature": self.signature,
            "clock": clock
            and {
                "spent": clock.spent,
                "asked": clock.asked,
                "ticking": clock.ticking,
                "questions": bool(self.current and self.current.state == "questions"),
                "limit": clock.limit,
                "warn": clock.warn,
            },
            "counts": {
                "there": self.quorum.there,
                "forms": self.forms_in,
                "slips": self.slips_out,
                **{f"used-{row.category}": row.used for row in self.progress},
                **{f"unused-{row.category}": row.unused for row in self.progress},
            },
        }


def desk_of(gathering: Gathering) -> Desk:
    """Gather the desk's view of a meeting; the number of queries does not grow with people."""
    rows = queries.turns(gathering)
    current = queries.current(rows)
    attendance = queries.attendance(gathering)
    return Desk(
        gathering=gathering,
        turns=rows,
        current=current,
        following=queries.following(rows),
        clock=queries.clock(gathering, current) if current else None,
        attendance=attendance,
        quorum=queries.quorum_of(attendance, gathering.quorum_percent),
        progress=ballots.progress(gathering.poll) if gathering.poll else [],
    )


def hindrances(gathering: Gathering) -> list[str]:
    """Say why the meeting cannot be opened yet: its poll is not ready; empty when it can."""
    if gathering.poll is None or gathering.state != GatheringState.PREPARING:
        return []
    return ballots.blocking(gathering.poll)


def alarms(desk: Desk) -> list[str]:
    """Name what needs a person now; the page shows these in red."""
    from django.utils.translation import gettext as _

    found = []
    if desk.gathering.state == GatheringState.OPEN and not desk.quorum.reached:
        found.append(
            _("到会 %(there)d 人，不足法定的 %(needed)d 人。")
            % {"there": desk.quorum.there, "needed": desk.quorum.needed}
        )
    if desk.clock and desk.clock.over:
        found.append(_("述职已超时，请提醒。"))
    found += [
        _("“%(category)s”到会 %(there)d 人，只发出 %(slips)d 张测评票。")
        % {"category": row.title, "there": row.there, "slips": slips}
        for row, slips in _short_of_slips(desk)
    ]
    return found


def _short_of_slips(desk: Desk) -> list[tuple[Attendance, int]]:
    slips = {row.category: row.used + row.unused + row.paper_issued for row in desk.progress}
    return [
        (row, slips[row.category])
        for row in desk.attendance
        if row.category in slips and slips[row.category] < row.there
    ]
