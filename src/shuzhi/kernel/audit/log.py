"""The proof log to its readers: signed heads, proofs of inclusion and of consistency."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuzhi.engine.merkle import DIGESTS, verify_consistency, verify_inclusion
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.models import AuditEvent, LogHead, LogState
from shuzhi.kernel.writes import writing

from .sequencer import read_state, sequence_committed, stored_tree
from .signing import Head, Signer, own_signer
from .verifying import Report, verify_log

__all__ = [
    "Head",
    "InclusionProof",
    "Report",
    "current_head",
    "head_at",
    "prove_consistency",
    "prove_inclusion",
    "verify_log",
]


@dataclass(frozen=True)
class InclusionProof:
    """What shows, together with a signed head, that an event is in the log."""

    public_id: str
    payload: str
    position: int
    path: tuple[str, ...]
    head: Head

    def holds(self) -> bool:
        """Check the path against the head (the head's signature is checked apart)."""
        return verify_inclusion(
            self.payload.encode(),
            self.position,
            self.head.size,
            [bytes.fromhex(step) for step in self.path],
            bytes.fromhex(self.head.root_hex),
            digest=DIGESTS[self.head.algorithm],
        )


@dataclass(frozen=True)
class ConsistencyProof:
    """What shows that a later head only adds to an earlier one."""

    first: Head
    second: Head
    path: tuple[str, ...]

    def holds(self) -> bool:
        """Check the path against both heads."""
        return verify_consistency(
            self.first.size,
            self.second.size,
            bytes.fromhex(self.first.root_hex),
            bytes.fromhex(self.second.root_hex),
            [bytes.fromhex(step) for step in self.path],
            digest=DIGESTS[self.second.algorithm],
        )


def head_of(row: LogHead, state: LogState) -> Head:
    """Return a stored head as what it states."""
    return Head(
        name=state.name,
        algorithm=state.algorithm,
        size=row.size,
        root_hex=row.root,
        signed_at=row.signed_at,
        key_id=row.key_id,
        signature=row.signature,
    )


def _sign(state: LogState, signer: Signer) -> LogHead:
    facts: dict[str, Any] = {
        "size": state.size,
        "root": stored_tree(state).root(state.size).hex(),
        "signed_at": timezone.now(),
        "key_id": signer.key_id,
    }
    unsigned = head_of(LogHead(**facts, signature=""), state)
    return LogHead.objects.create(**facts, signature=signer.sign(unsigned.statement))


def current_head() -> Head:
    """Number what is committed and return the signed head over it; the last one if nothing is new.

    Within a verb it covers the verb's own events too: they stand or fall with it.
    """
    with writing():
        state, signer = sequence_committed(), own_signer()
        last = LogHead.objects.filter(size=state.size, key_id=signer.key_id).last()
        return head_of(last or _sign(state, signer), state)


def head_at(size: int) -> Head:
    """Return the signed head over the first `size` leaves, if one was made then."""
    row = LogHead.objects.filter(size=size).last()
    if row is None:
        raise RefusedError(_("没有覆盖前 %(size)d 条记录的签名树头。") % {"size": size})
    return head_of(row, read_state())


def prove_inclusion(event: AuditEvent) -> InclusionProof:
    """Prove that `event` is in the log as it stands, under the current head."""
    head = current_head()
    event.refresh_from_db()
    if event.position is None:  # not committed yet elsewhere
        raise RefusedError(_("这条记录还没有编入存证。"))
    path = stored_tree(read_state()).inclusion(event.position, head.size)
    return InclusionProof(
        event.public_id,
        event.payload,
        event.position,
        tuple(step.hex() for step in path),
        head,
    )


def prove_consistency(first: int, second: int | None = None) -> ConsistencyProof:
    """Prove that the head over `first` leaves is a beginning of the one over `second` (or now)."""
    later = current_head() if second is None else head_at(second)
    earlier = head_at(first)
    path = stored_tree(read_state()).consistency(earlier.size, later.size)
    return ConsistencyProof(earlier, later, tuple(step.hex() for step in path))
