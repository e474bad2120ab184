"""What follows the end of a poll: tellers go, keys are destroyed, SQLite's log is emptied."""

from django.db import connection, transaction

from shuzhi.ballots.box import BoxKey, SlipKey
from shuzhi.ballots.enums import ENDED
from shuzhi.ballots.models import Poll
from shuzhi.ballots.queries.tellers import unended
from shuzhi.kernel.access import Actor
from shuzhi.kernel.keys import key_names
from shuzhi.registry.enums import Role
from shuzhi.registry.services import end_temporary_accounts

PATIENCE = 2000  # milliseconds; while the log waits to be emptied, nobody else can write


def _log_is_emptied() -> bool:
    """Empty SQLite's write-ahead log; False while somebody still reads what is in it."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (usual,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout={PATIENCE}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, *_frames = cursor.fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout={usual}")
    return not busy


def _destroy(public_id: str) -> None:
    """Destroy the box key, empty the log, then destroy the slip key.

    The slip key goes last: while it is there, `destroy_spent_keys` tries again.
    """
    BoxKey(public_id).destroy()
    if _log_is_emptied():
        SlipKey(public_id).destroy()


def let_tellers_go(poll: Poll, *, actor: Actor) -> None:
    """End the tellers' accounts, which were good for this count, unless another one waits."""
    if not unended(poll).exists():
        end_temporary_accounts(actor=actor, unit=poll.unit, role=Role.TELLER)


def after_commit_destroy_keys(poll: Poll) -> None:
    """Destroy both keys of the poll once the transaction that ends it has committed."""
    public_id = poll.public_id
    transaction.on_commit(lambda: _destroy(public_id))


def destroy_spent_keys() -> None:
    """Destroy what keys of ended polls a crash right after the commit, or a reader, has left.

    Asks the database only while there are keys: an open poll has them, an idle site none.
    """
    held = {name.partition("-")[2].upper() for name in (*key_names("box-"), *key_names("slips-"))}
    if not held:
        return
    ended = Poll.objects.filter(public_id__in=held, state__in=ENDED)
    for public_id in ended.values_list("public_id", flat=True):
        _destroy(public_id)
