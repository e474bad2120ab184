"""Matters beside what a higher room keeps: where each stands, and its story for who may see it."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from shuzhi.kernel.access import Actor
from shuzhi.kernel.tables import Badge, Tone
from shuzhi.kernel.worklist import countdown
from shuzhi.matters.enums import StateKind
from shuzhi.matters.models import Matter

from .listing import TONES, seen


def is_late(matter: Matter, today: date) -> bool:
    """Tell whether something of the matter is overdue."""
    return matter.due is not None and matter.due < today


def standing_badge(matter: Matter, today: date) -> Badge:
    """Return where a matter stands and how long is left; red once it is overdue."""
    tone = Tone.LATE if is_late(matter, today) else Tone(TONES[StateKind(matter.state.kind)])
    left = f" · {countdown(matter.due, today)}" if matter.due else ""
    return Badge(f"{matter.state}{left}", tone)


def story_url(matter: Matter) -> str:
    """Return the address of a matter's story."""
    return reverse("matters:matter", args=[matter.public_id])


def standing_in(kind: str, state: str, units: Iterable[int]) -> list[Matter]:
    """Return the open matters of a kind about these units that stand in a state, oldest first."""
    rows = Matter.objects.filter(mechanism=kind, state__key=state, closed_on=None, unit__in=units)
    return list(rows.order_by("pk"))


def stories(actor: Actor, matters: Iterable[Matter]) -> dict[int, str]:
    """Return the addresses of the stories that `actor` may read, by key; one query."""
    keys = [matter.pk for matter in matters]
    return {row.pk: story_url(row) for row in seen(actor).filter(pk__in=keys)} if keys else {}
