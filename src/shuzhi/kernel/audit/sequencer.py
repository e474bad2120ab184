"""Number committed events without gaps, one sequencer at a time, and keep the tree's tiles.

Cost: one update an event, and one tile per 256 leaves. A root over a million leaves then reads
at most 255 rows a level of tiles (three levels), some milliseconds, whatever the size.
"""

from collections.abc import Sequence

from django.conf import settings
from django.db import connection
from django.db.models import Model

from shuzhi.engine.merkle import DIGESTS, Digest, Tree, fold, leaf_hash
from shuzhi.kernel.fields import random_id
from shuzhi.kernel.models import AuditEvent, LogKey, LogState, LogTile
from shuzhi.kernel.writes import writing

from .signing import Signer, own_signer

STRIDE = 8  # levels from one stored row of tiles to the next
BATCH = 2000


class DamagedError(Exception):
    """The stored log lacks rows that it must hold: verify it."""


def read_state() -> LogState:
    """Return the log's one row as it is; raise `LogState.DoesNotExist` before the first event."""
    return LogState.objects.get(pk=1)


def locked_state() -> LogState:
    """Return the log's one row, locked until the transaction ends; made when first needed.

    The hash is chosen once: later heads must be provably consistent with earlier ones.
    """
    LogState.objects.get_or_create(
        pk=1, defaults={"name": random_id(), "algorithm": settings.LOG_HASH}
    )
    return LogState.objects.select_for_update().get(pk=1)


def stored_tree(state: LogState) -> Tree:
    """Return the tree over the numbered leaves, read from rows and tiles as needed."""
    digest = DIGESTS[state.algorithm]
    return Tree(lambda level, index: _node(level, index, digest), digest)


def _node(level: int, index: int, digest: Digest) -> bytes:
    base = level - level % STRIDE
    span = 1 << (level - base)
    return fold(_row(base, index * span, span), digest)


def _row(level: int, start: int, count: int) -> list[bytes]:
    """Return stored nodes: leaves at level 0, tiles at 8, 16…"""
    if level == 0:
        rows = AuditEvent.objects.filter(position__gte=start, position__lt=start + count)
        found = list(rows.order_by("position").values_list("leaf", flat=True))
    else:
        tiles = LogTile.objects.filter(level=level, index__gte=start, index__lt=start + count)
        found = list(tiles.order_by("index").values_list("root", flat=True))
    if len(found) != count:
        raise DamagedError(f"level {level} of the log lacks nodes from {start}")
    return [bytes.fromhex(node) for node in found]


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _number(batch: Sequence[tuple[int, str]], state: LogState, signer: Signer) -> None:
    digest = DIGESTS[state.algorithm]
    rows = []
    for position, (pk, payload) in enumerate(batch, state.size):
        leaf = leaf_hash(payload.encode(), digest).hex()
        rows.append((position, leaf, signer.seal(position, leaf), pk))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {_table(AuditEvent)} SET position=%s, leaf=%s, seal=%s WHERE id=%s",  # noqa: S608 (our own table's name)
            rows,
        )


def _lay_tiles(state: LogState, size: int) -> None:
    """Store the tiles that the leaves from `state.size` to `size` complete, level by level."""
    digest, level = DIGESTS[state.algorithm], STRIDE
    while size >> level:
        new = range(state.size >> level, size >> level)
        LogTile.objects.bulk_create(
            LogTile(level=level, index=index, root=_node_of(level, index, digest)) for index in new
        )
        level += STRIDE


def _node_of(level: int, index: int, digest: Digest) -> str:
    """Return the root of a tile that is not stored yet, from the row below it."""
    below = _row(level - STRIDE, index << STRIDE, 1 << STRIDE)
    return fold(below, digest).hex()


def sequence_committed() -> LogState:
    """Number every event that is committed but not numbered, oldest first; return the log's row.

    Safe with any number of processes: the row of the log is locked for the transaction. An event
    that commits later gets a later number, whatever its key.
    """
    with writing():
        state, signer = locked_state(), own_signer()
        LogKey.objects.get_or_create(
            key_id=signer.key_id,
            defaults={"public_key": signer.public_hex, "since_size": state.size},
        )
        waiting = AuditEvent.objects.filter(position=None).order_by("pk")
        while batch := list(waiting.values_list("pk", "payload")[:BATCH]):
            _number(batch, state, signer)
            size = state.size + len(batch)
            _lay_tiles(state, size)
            state.size = size
        state.save(update_fields=["size"])
    return state
