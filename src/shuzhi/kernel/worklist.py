"""What a person owes and is owed: rooms register providers, home shows the sorted list."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .access import Actor


@dataclass(frozen=True)
class Duty:
    """One thing to do: a sentence, where it is done, until when, and how long it takes.

    `owed_by` names who must act when that is not the reader ("others owe me"); `urged`: whoever
    follows it has pressed for it.
    """

    title: str | Promise
    url: str
    hint: str | Promise = ""
    due: date | None = None
    minutes: int | None = None
    owed_by: str | Promise = ""
    urged: bool = False


@dataclass(frozen=True)
class DutyGroup:
    """Duties of one urgency; `late` alone is red."""

    title: str | Promise
    duties: tuple[Duty, ...]
    late: bool = False


Provider = Callable[[Actor], list[Duty]]
_providers: list[Provider] = []


def register_duties(provider: Provider) -> None:
    """Register a room's provider at start-up; it costs a fixed number of queries."""
    if provider not in _providers:
        _providers.append(provider)


def duties(actor: Actor) -> list[Duty]:
    """Return everything that waits for `actor`, the most urgent first."""
    found = [duty for provider in _providers for duty in provider(actor)]
    return sorted(found, key=lambda duty: (duty.due or date.max, str(duty.title)))


def _urgency(duty: Duty, today: date) -> int:
    if duty.owed_by:
        return 5
    if duty.urged:
        return 0
    if duty.due is None or duty.due > today + timedelta(days=6 - today.weekday()):
        return 4
    return 3 if duty.due > today else 1 + int(duty.due == today)


def grouped(found: list[Duty], today: date) -> list[DutyGroup]:
    """Return the groups that hold something: urged, overdue, today, this week, later, others'."""
    titles = (_("被催办的"), _("已经逾期"), _("今天"), _("本周"), _("以后"), _("等待他人办理"))
    rows = [tuple(d for d in found if _urgency(d, today) == rank) for rank in range(len(titles))]
    return [
        DutyGroup(title, held, late=rank == 1)
        for rank, (title, held) in enumerate(zip(titles, rows, strict=True))
        if held
    ]


def countdown(due: date, today: date) -> str:
    """Say how long is left, as a secretary would."""
    days = (due - today).days
    if days == 0:
        return str(_("今天到期"))
    if days < 0:
        return ngettext("已逾期 %d 天", "已逾期 %d 天", -days) % -days
    return ngettext("还有 %d 天", "还有 %d 天", days) % days
