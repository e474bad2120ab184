"""Write an audit event in the transaction of the verb that caused it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.utils import timezone

from shuzhi.kernel.access.actor import Actor
from shuzhi.kernel.fields import random_id
from shuzhi.kernel.writes import before_commit

from .kinds import CONTENT, ERASED, EventKind, event_kind
from .payload import VERSION, canonical, moment, new_salt, parted, salted
from .witnesses import current_parts, is_witnessed

if TYPE_CHECKING:
    from shuzhi.kernel.models import AuditEvent

UID_LENGTH = 16


def record(
    event: str,
    subject: Model,
    *,
    actor: Actor,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Record `event` on `subject` with the facts that changed, as JSON values (no floats).

    Must be called inside the verb's transaction. Facts named `personal` by the event's kind are
    kept apart and enter the proof log as a salted digest only. If the subject is witnessed, the
    digest of its content is recorded as well when all else of the verb is written.
    """
    kind = event_kind(event)
    shown_before, hidden_before = parted(before or {}, kind.personal)
    shown_after, hidden_after = parted(after or {}, kind.personal)
    hidden = {"before": hidden_before, "after": hidden_after}
    facts = {"before": shown_before, "after": shown_after}
    aside = canonical(hidden) if hidden_before or hidden_after else ""
    _write(kind, _reference(subject), actor, facts, aside)
    if is_witnessed(subject):
        reference = _reference(subject)
        before_commit(reference, lambda: _record_content(subject, reference, actor))


def _reference(subject: Model) -> tuple[str, str]:
    if subject.pk is None:
        raise ValueError("record an event before its subject is deleted")
    return subject._meta.label_lower, str(subject.pk)


def _write(
    kind: EventKind, subject: tuple[str, str], actor: Actor, facts: dict[str, Any], aside: str
) -> "AuditEvent":
    from shuzhi.kernel.models import AuditAside, AuditEvent

    salt, at, uid = new_salt(), timezone.now(), random_id(UID_LENGTH)
    payload: dict[str, Any] = {
        "v": VERSION,
        "id": uid,
        "kind": kind.name,
        "subject": list(subject),
        "actor": actor.account_id,
        "at": moment(at),
    }
    if aside:
        payload["aside"] = salted(salt, aside)
    event = AuditEvent.objects.create(
        public_id=uid,
        kind=kind.name,
        subject_type=subject[0],
        subject_id=subject[1],
        actor_id=actor.account_id,
        at=at,
        payload=canonical(payload | facts),
    )
    if aside:
        AuditAside.objects.create(event=event, salt=salt, facts=aside)
    return event


def _record_content(subject: Model, reference: tuple[str, str], actor: Actor) -> None:
    """Record what the subject says now, part by part, each behind the event's salt."""
    from shuzhi.kernel.models import AuditAside

    salt = new_salt()
    parts = current_parts(subject)
    content = parts and {name: salted(salt, text) for name, text in parts.items()}
    event = _write(CONTENT, reference, actor, {"before": {}, "after": {}, "content": content}, "")
    AuditAside.objects.create(event=event, salt=salt)


def erase_personal(subject: Model, *, actor: Actor, reason: str) -> int:
    """Erase the personal facts of all events on `subject`; the erasure is an event of its own.

    Returns how many events lost their personal part. The leaves stay as they are: what remains
    of the facts is a digest whose salt is gone. Call it from a verb that has checked who may.
    """
    from shuzhi.kernel.models import AuditAside

    subject_type, subject_id = _reference(subject)
    asides = AuditAside.objects.filter(
        event__subject_type=subject_type, event__subject_id=subject_id
    ).exclude(facts="")
    erased = sorted(asides.values_list("event__public_id", flat=True))
    asides.delete()
    facts = {"before": {}, "after": {"reason": reason, "erased": erased}}
    _write(ERASED, (subject_type, subject_id), actor, facts, "")
    return len(erased)
