"""The steps of a bulletin: drafted, checked and issued by three different people."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor
from shuzhi.kernel.access import Permission as P  # noqa: N817 (a table reads better)
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.workflow import Transition, Workflow, by, fact, now

from .enums import BulletinState as S

REASON = {"reason": _("理由")}


def _nothing(_actor: Actor, _facts: Mapping[str, Any]) -> None:
    """Clear what an earlier step stamped."""


def _empty(_actor: Actor, _facts: Mapping[str, Any]) -> str:
    return ""


def _not_the_drafter(bulletin: Any, actor: Actor, _facts: Mapping[str, Any]) -> None:
    if actor.account_id is not None and actor.account_id == bulletin.drafted_by_id:
        raise RefusedError(_("拟稿、审核、签发须由不同的人办理：这份通报是您拟的稿。"))


def _not_the_checker(bulletin: Any, actor: Actor, _facts: Mapping[str, Any]) -> None:
    if actor.account_id is not None and actor.account_id == bulletin.checked_by_id:
        raise RefusedError(_("拟稿、审核、签发须由不同的人办理：这份通报是您审核的。"))


BULLETIN = Workflow(
    "bulletin",
    (
        Transition(
            "offer",
            _("送审"),
            frozenset({S.WRITING}),
            S.DRAFTED,
            P.BULLETIN_DRAFT,
            stamps={"drafted_by_id": by, "drafted_at": now, "returned_for": _empty},
        ),
        Transition(
            "check",
            _("审核通过"),
            frozenset({S.DRAFTED}),
            S.CHECKED,
            P.BULLETIN_CHECK,
            requires=("digest",),
            guards=(_not_the_drafter,),
            stamps={"checked_by_id": by, "checked_at": now, "checked_digest": fact("digest")},
            records=("digest",),
        ),
        Transition(
            "issue",
            _("签发"),
            frozenset({S.CHECKED}),
            S.ISSUED,
            P.BULLETIN_APPROVE,
            requires=("number", "year", "content", "digest"),
            guards=(_not_the_drafter, _not_the_checker),
            stamps={
                "issued_by_id": by,
                "issued_at": fact("issued_at"),
                "number": fact("number"),
                "year": fact("year"),
                "content": fact("content"),
                "digest": fact("digest"),
            },
            records=("number", "year", "digest"),
        ),
        Transition(
            "return",
            _("退回修改"),
            frozenset({S.DRAFTED, S.CHECKED}),
            S.WRITING,
            P.BULLETIN_CHECK,
            requires=REASON,
            stamps={
                "returned_for": fact("reason"),
                "checked_by_id": _nothing,
                "checked_at": _nothing,
                "checked_digest": _empty,
            },
            records=("reason",),
        ),
        Transition(
            "discard",
            _("作废草稿"),
            frozenset({S.WRITING}),
            S.DISCARDED,
            P.BULLETIN_DRAFT,
        ),
        Transition(
            "withdraw",
            _("撤回"),
            frozenset({S.ISSUED}),
            S.WITHDRAWN,
            P.BULLETIN_APPROVE,
            requires=REASON,
            stamps={"withdrawn_for": fact("reason")},
            records=("reason",),
        ),
    ),
)
