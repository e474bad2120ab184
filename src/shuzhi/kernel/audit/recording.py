"""Write an audit event in the transaction of the verb that caused it."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from shuzhi.kernel.access.actor import Actor

from .kinds import event_kind


def record(
    event: str,
    subject: Model,
    *,
    actor: Actor,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Record `event` on `subject` with the facts that changed, as JSON values.

    Must be called inside the verb's transaction. Facts named `personal` by the event's kind are
    kept apart and enter the proof log as a salted digest only.
    """
    from shuzhi.kernel.models import AuditEvent

    kind = event_kind(event)
    AuditEvent.objects.log(kind, subject, actor, dict(before or {}), dict(after or {}))
