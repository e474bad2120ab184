"""Temporary tellers: whose accounts are good, and for which polls they are kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from shuzhi.ballots.enums import ENDED
from shuzhi.ballots.models import Poll
from shuzhi.registry.enums import Role
from shuzhi.registry.queries import temporary_accounts

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True)
class Tellers:
    """Names with the end of each account; `waiting` are other polls for which they are kept."""

    accounts: list[tuple[str, datetime]]
    waiting: list[Poll]


def unended(poll: Poll) -> "QuerySet[Poll]":
    """Return the other polls of the unit that still may need tellers."""
    return Poll.objects.filter(unit=poll.unit).exclude(state__in=ENDED).exclude(pk=poll.pk)


def tellers_of(poll: Poll) -> Tellers:
    """Return the tellers of the poll's unit, and what keeps them once the poll has ended."""
    accounts = temporary_accounts(poll.unit, Role.TELLER)
    over = accounts and poll.state in ENDED
    return Tellers(accounts, list(unended(poll)) if over else [])
