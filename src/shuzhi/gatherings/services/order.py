"""Who reports, and in which order: fixed, or drawn by lot from a seed that can be repeated."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from shuzhi.gatherings.enums import TurnState
from shuzhi.gatherings.models import Gathering, Turn
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import StateError
from shuzhi.kernel.writes import verb


@dataclass(frozen=True)
class TurnSpec:
    """Who reports for which unit (`subject` is the unit's code)."""

    subject: str
    unit_name: str
    name: str


def _untouched(gathering: Gathering) -> None:
    if gathering.turns.exclude(state=TurnState.WAITING).exists():
        raise StateError(_("述职已经开始，不能再排次序。"))


@verb
def set_turns(gathering: Gathering, specs: Sequence[TurnSpec], *, actor: Actor) -> list[Turn]:
    """Replace the turns by `specs` in the given order; refused once somebody has spoken."""
    require(actor, Permission.GATHERING_PREPARE, gathering)
    _untouched(gathering)
    gathering.turns.all().delete()
    rows = Turn.objects.bulk_create(
        Turn(
            gathering=gathering,
            subject=spec.subject,
            unit_name=spec.unit_name,
            name=spec.name,
            position=position,
        )
        for position, spec in enumerate(specs, 1)
    )
    _record_order(gathering, actor, rows)
    return rows


@verb
def draw_order(gathering: Gathering, seed: str, *, actor: Actor) -> list[Turn]:
    """Draw the order by lot: sort by SHA-256 of seed and unit, which anyone can repeat."""
    require(actor, Permission.GATHERING_PREPARE, gathering)
    _untouched(gathering)
    rows = sorted(gathering.turns.all(), key=lambda turn: _lot(seed, turn.subject))
    return _renumber(gathering, rows, actor, seed=seed)


@verb
def move_turn(turn: Turn, position: int, *, actor: Actor) -> list[Turn]:
    """Put a waiting turn at `position` (from 1) among all."""
    require(actor, Permission.GATHERING_DESK, turn.gathering)
    if turn.state != TurnState.WAITING:
        raise StateError(_("%(name)s 已开始或已述职，不能调整次序。") % {"name": turn.name})
    rows = [other for other in turn.gathering.turns.all() if other.pk != turn.pk]
    rows.insert(max(0, position - 1), turn)
    return _renumber(turn.gathering, rows, actor)


def _lot(seed: str, subject: str) -> str:
    return hashlib.sha256(f"{seed}\n{subject}".encode()).hexdigest()


def _renumber(
    gathering: Gathering, rows: list[Turn], actor: Actor, *, seed: str = ""
) -> list[Turn]:
    for position, turn in enumerate(rows, 1):
        turn.position = position
    Turn.objects.bulk_update(rows, ["position"])
    _record_order(gathering, actor, rows, seed=seed)
    return rows


def _record_order(gathering: Gathering, actor: Actor, rows: list[Turn], *, seed: str = "") -> None:
    order = [turn.subject for turn in rows]
    record("gathering.order", gathering, actor=actor, after={"order": order, "seed": seed})
