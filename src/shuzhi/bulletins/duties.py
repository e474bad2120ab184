"""What waits for a person in this room: to draft, to correct, to check, to issue."""

from django.urls import reverse
from django.utils.translation import gettext as _

from shuzhi.kernel.access import Actor
from shuzhi.kernel.access import Permission as P  # noqa: N817 (a table reads better)
from shuzhi.kernel.worklist import Duty

from .enums import BulletinState as S
from .models import Bulletin
from .queries import unannounced, waiting


def _url(bulletin: Bulletin) -> str:
    return reverse("bulletins:detail", args=[bulletin.public_id])


def _to_draft(actor: Actor) -> list[Duty]:
    found = [
        Duty(
            _("起草通报：%(title)s") % {"title": review.title},
            reverse("bulletins:meeting", args=[review.public_id]),
            hint=_("考核结果已批准公布，还没有通报。"),
            minutes=15,
        )
        for review in unannounced(actor)
    ]
    return found + [
        Duty(
            _("修改通报：%(title)s") % {"title": row.title},
            _url(row),
            hint=row.returned_for or _("拟好以后送审。"),
            minutes=10,
        )
        for row in waiting(actor, S.WRITING, P.BULLETIN_DRAFT)
    ]


def _to_check(actor: Actor) -> list[Duty]:
    rows = waiting(actor, S.DRAFTED, P.BULLETIN_CHECK).exclude(drafted_by=actor.account_id)
    return [
        Duty(
            _("审核通报：%(title)s") % {"title": row.title},
            _url(row),
            hint=_("核对文字和数据，通过或者退回。"),
            minutes=5,
        )
        for row in rows
    ]


def _to_issue(actor: Actor) -> list[Duty]:
    rows = waiting(actor, S.CHECKED, P.BULLETIN_APPROVE)
    rows = rows.exclude(drafted_by=actor.account_id).exclude(checked_by=actor.account_id)
    return [
        Duty(
            _("签发通报：%(title)s") % {"title": row.title},
            _url(row),
            hint=_("已审核，签发后编号印发，不能再改。"),
            minutes=3,
        )
        for row in rows
    ]


def duties(actor: Actor) -> list[Duty]:
    """Return the duties of this room, in at most four queries."""
    found: list[Duty] = []
    if actor.has(P.BULLETIN_DRAFT):
        found += _to_draft(actor)
    if actor.has(P.BULLETIN_CHECK):
        found += _to_check(actor)
    if actor.has(P.BULLETIN_APPROVE):
        found += _to_issue(actor)
    return found
