"""More time: asked for with a reason, granted or refused by the other side, limited in number."""

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor
from shuzhi.kernel.audit import record
from shuzhi.kernel.calendar import Workdays
from shuzhi.kernel.errors import ForbiddenError, RefusedError, StateError
from shuzhi.kernel.language import listed
from shuzhi.kernel.writes import verb
from shuzhi.matters.enums import DeadlineState, ExtensionState, StepKind
from shuzhi.matters.limits import REASON
from shuzhi.matters.mechanism import mechanism_of
from shuzhi.matters.models import Extension, Matter, MatterDeadline
from shuzhi.matters.moving import tell
from shuzhi.matters.schema import Deadline
from shuzhi.matters.standing import standing
from shuzhi.matters.terms import counted, refresh_due

from .carrying import locked

RUNNING = DeadlineState.RUNNING


def _rule(matter: Matter, key: str) -> Deadline:
    row = mechanism_of(matter.reference).plan.by_deadline.get(key)
    if row is None or row.extension is None:
        raise RefusedError(_("这个期限不能延长。"))
    return row


def _party(matter: Matter, actor: Actor, parties: tuple[str, ...]) -> str:
    """Return for which of the parties the actor acts; the system may neither ask nor grant."""
    plan = mechanism_of(matter.reference).plan
    party = standing(matter, actor).party_of(plan, parties)
    if party is None:
        labels = listed(plan.by_party[name].label for name in parties)
        raise ForbiddenError(_("只有%(parties)s可以办理延期。") % {"parties": labels})
    return party


def _running(matter: Matter, key: str) -> MatterDeadline:
    found = matter.deadlines.filter(key=key, state=RUNNING).first()
    if found is None:
        raise StateError(_("这个期限已经不在计时，请刷新后再看。"))
    return found


def _text(words: str) -> str:
    if not words.strip() or len(words) > REASON:
        raise RefusedError(_("请写明理由，不超过 %(n)d 个字。") % {"n": REASON})
    return words.strip()


@verb
def ask_extension(
    *, actor: Actor, matter: Matter, deadline: str, days: int, reason: str
) -> Extension:
    """Ask for `days` more, in the deadline's own unit; one request at a time."""
    held = locked(matter)
    rule = _rule(held, deadline)
    limits = rule.extension
    assert limits is not None  # noqa: S101 (for the type; `_rule` has refused)
    party = _party(held, actor, limits.asked_by)
    row = _running(held, deadline)
    if row.extended >= limits.most:
        raise RefusedError(_("最多延期 %(n)d 次，不能再申请。") % {"n": limits.most})
    if not 1 <= days <= limits.days:
        raise RefusedError(_("一次可以延长 1 至 %(n)d 天。") % {"n": limits.days})
    if row.requests.filter(state=ExtensionState.ASKED).exists():
        raise StateError(_("已有一份延期申请在等待答复。"))
    found = Extension.objects.create(
        deadline=row, days=days, reason=_text(reason), asked_by_id=actor.account_id
    )
    words = {"n": days, "why": found.reason}
    _tell(held, actor, party, lambda: _("申请延长 %(n)d 天：%(why)s") % words)
    after = {"deadline": deadline, "days": days, "reason": found.reason}
    record("matter.extension_asked", held, actor=actor, after=after)
    return found


@verb
def decide_extension(
    *, actor: Actor, extension: Extension, approve: bool, answer: str = ""
) -> Extension:
    """Grant or refuse a request; a refusal needs a reason. Granted time stops "overdue"."""
    row = extension.deadline
    held = locked(row.matter)
    found = Extension.objects.select_for_update().get(pk=extension.pk)
    rule = _rule(held, row.key).extension
    assert rule is not None  # noqa: S101 (for the type; `_rule` has refused)
    party = _party(held, actor, rule.approved_by)
    if found.state != ExtensionState.ASKED:
        raise StateError(_("这份延期申请已经答复过了。"))
    if found.asked_by_id == actor.account_id:
        raise ForbiddenError(_("延期不能由申请的人自己批准。"))
    found.state = ExtensionState.APPROVED if approve else ExtensionState.REFUSED
    found.answer = answer.strip() if approve else _text(answer)
    found.decided_by_id, found.decided_at = actor.account_id, timezone.now()
    found.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    before = row.due_on
    if approve:
        row = _prolong(held, _running(held, row.key), found.days)
    _tell(held, actor, party, lambda: _decision(found, row))
    after = {"deadline": row.key, "decision": found.state, "due_on": row.due_on}
    record("matter.extension_decided", held, actor=actor, before={"due_on": before}, after=after)
    extension.refresh_from_db()
    return extension


def _prolong(matter: Matter, row: MatterDeadline, days: int) -> MatterDeadline:
    row.days += days
    row.extended += 1
    row.due_on = counted(row.base, row.days, working=row.working, calendar=Workdays())
    row.escalated_on = row.escalated_to = None
    row.save(update_fields=["days", "extended", "due_on", "escalated_on", "escalated_to"])
    matter.extensions += 1
    matter.save(update_fields=["extensions"])
    refresh_due(matter)
    return row


def _decision(found: Extension, row: MatterDeadline) -> str:
    if found.state == ExtensionState.APPROVED:
        return _("同意延长 %(n)d 天，新的期限是 %(due)s") % {"n": found.days, "due": row.due_on}
    return _("不同意延期：%(why)s") % {"why": found.answer}


def _tell(matter: Matter, actor: Actor, party: str, note: Callable[[], object]) -> None:
    tell(matter, actor, party, StepKind.EXTENSION, note)
    matter.changed_at = timezone.now()
    matter.save(update_fields=["changed_at"])
