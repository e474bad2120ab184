"""What follows the end of a poll: keys destroyed, SQLite's write-ahead log emptied."""

from django.db import connection, transaction

from shuzhi.ballots.box import BoxKey, SlipKey
from shuzhi.ballots.enums import PollState
from shuzhi.ballots.models import Poll
from shuzhi.kernel.keys import key_names


def _destroy(public_id: str) -> None:
    BoxKey(public_id).destroy()
    SlipKey(public_id).destroy()
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def after_commit_destroy_keys(poll: Poll) -> None:
    """Destroy both keys of the poll once the transaction that ends it has committed."""
    public_id = poll.public_id
    transaction.on_commit(lambda: _destroy(public_id))


def destroy_spent_keys() -> None:
    """Destroy keys of ended polls that a crash right after the commit has left.

    Asks the database only while there are keys: an open poll has them, an idle site none.
    """
    held = {name.partition("-")[2].upper() for name in (*key_names("box-"), *key_names("slips-"))}
    if not held:
        return
    ended = Poll.objects.filter(
        public_id__in=held, state__in=(PollState.SEALED, PollState.ANNULLED)
    )
    for public_id in ended.values_list("public_id", flat=True):
        _destroy(public_id)
