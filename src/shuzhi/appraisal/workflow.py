"""The legal steps of a review, a report, a comment and a problem."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from shuzhi.kernel.access import Actor
from shuzhi.kernel.access import Permission as P  # noqa: N817 (a table reads better)
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.seen import require_seen
from shuzhi.kernel.workflow import Transition, Workflow, by, fact, now

from .enums import CommentState as C
from .enums import ObjectionState, ProblemState, ReportState, SchemeState
from .enums import ReviewState as S


def _not(_actor: Actor, _facts: Mapping[str, Any]) -> None:
    """Take a stamp back."""


def _second_person(review: Any, actor: Actor, _facts: Mapping[str, Any]) -> None:
    if actor.account_id is not None and actor.account_id == review.decided_by_id:
        raise RefusedError(_("公布须由另一位领导批准：等次是您本人登记研究确定的。"))


def _answered(review: Any, _actor: Actor, _facts: Mapping[str, Any]) -> None:
    """A score is final only when every objection is answered and its time has passed."""
    waiting = review.entrants.filter(objections__state=ObjectionState.LODGED).count()
    if waiting:
        raise RefusedError(
            ngettext(
                "还有 %(count)d 条得分异议没有答复，不能公布。",
                "还有 %(count)d 条得分异议没有答复，不能公布。",
                waiting,
            )
            % {"count": waiting}
        )
    window = getattr(review, "window", None)
    if window is not None and timezone.localdate() <= window.due:
        raise RefusedError(
            _("各单位在 %(due)s 前（含当日）还可以提出异议，期满以后才能公布。")
            % {"due": window.due.isoformat()}
        )


def _whole(comment: Any, _actor: Actor, _facts: Mapping[str, Any]) -> None:
    if not comment.complete:
        raise RefusedError(_("点评的三个部分都要写：肯定成绩、指出不足、努力方向。"))


def _as_seen(comment: Any, _actor: Actor, facts: Mapping[str, Any]) -> None:
    words = _("这条点评刚被改过，请看过现在的文字再审定。")
    require_seen(facts.get("seen"), comment.digest, words)


REVIEW = Workflow(
    "review",
    (
        Transition(
            "invite",
            _("开始收集述职报告"),
            frozenset({S.PREPARING}),
            S.REPORTING,
            P.REVIEW_MANAGE,
        ),
        Transition("recall", _("退回筹备"), frozenset({S.REPORTING}), S.PREPARING, P.REVIEW_MANAGE),
        Transition(
            "open",
            _("宣布开会"),
            frozenset({S.REPORTING}),
            S.OPEN,
            P.REVIEW_MANAGE,
            stamps={"opened_at": now},
        ),
        Transition(
            "close",
            _("会议结束"),
            frozenset({S.OPEN}),
            S.CLOSED,
            P.REVIEW_MANAGE,
            stamps={"closed_at": now},
        ),
        Transition(
            "score",
            _("计算得分"),
            frozenset({S.CLOSED, S.SCORED}),
            S.SCORED,
            P.REVIEW_MANAGE,
            stamps={"scored_at": now},
        ),
        Transition(
            "decide",
            _("登记研究结果"),
            frozenset({S.SCORED}),
            S.DECIDED,
            P.REVIEW_MANAGE,
            stamps={"decided_at": now, "decided_by_id": by, "quota_reason": fact("quota_reason")},
            records=("quota_reason",),
        ),
        Transition(
            "reconsider",
            _("退回重新研究"),
            frozenset({S.DECIDED}),
            S.SCORED,
            P.REVIEW_RESULT,
            requires={"reason": _("理由")},
            records=("reason",),
        ),
        Transition(
            "publish",
            _("批准公布"),
            frozenset({S.DECIDED}),
            S.PUBLISHED,
            P.REVIEW_APPROVE,
            guards=(_second_person, _answered),
            stamps={"published_at": now, "published_by_id": by},
        ),
    ),
)

REPORT = Workflow(
    "report",
    (
        Transition(
            "submit",
            _("提交报告"),
            frozenset({ReportState.DRAFT}),
            ReportState.SUBMITTED,
            P.REPORT_WRITE,
            stamps={"submitted_at": now},
        ),
        Transition(
            "reopen",
            _("取回修改"),
            frozenset({ReportState.SUBMITTED}),
            ReportState.DRAFT,
            P.REPORT_WRITE,
            stamps={"submitted_at": _not},
        ),
        Transition(
            "freeze",
            _("定稿"),
            frozenset({ReportState.DRAFT, ReportState.SUBMITTED}),
            ReportState.FROZEN,
            P.REPORT_VIEW,  # whoever opens the meeting; opening itself asks for REVIEW_MANAGE
            records=("digest",),
            stamps={"frozen_at": now, "frozen": fact("frozen"), "digest": fact("digest")},
        ),
    ),
)

COMMENT = Workflow(
    "comment",
    (
        Transition(
            "offer",
            _("送领导审定"),
            frozenset({C.DRAFT}),
            C.READY,
            P.REVIEW_COMMENT,
            guards=(_whole,),
            stamps={"prepared_at": now, "prepared_by_id": by},
        ),
        Transition(
            "approve",
            _("审定"),
            frozenset({C.DRAFT, C.READY}),
            C.APPROVED,
            P.REVIEW_APPROVE,
            guards=(_as_seen, _whole),
            stamps={"approved_at": now, "approved_by_id": by},
        ),
        Transition(
            "revise",
            _("修改"),
            frozenset({C.READY, C.APPROVED}),
            C.DRAFT,
            P.REVIEW_COMMENT,
        ),
    ),
)

PROBLEM = Workflow(
    "problem",
    (
        Transition(
            "confirm",
            _("列入清单"),
            frozenset({ProblemState.PROPOSED, ProblemState.DROPPED}),
            ProblemState.LISTED,
            P.REVIEW_COMMENT,
        ),
        Transition(
            "drop",
            _("不列入"),
            frozenset({ProblemState.PROPOSED, ProblemState.LISTED}),
            ProblemState.DROPPED,
            P.REVIEW_COMMENT,
            condition=lambda problem: problem.notice is None,
        ),
    ),
)

SCHEME = Workflow(
    "scheme",
    (
        Transition(
            "publish",
            _("发布"),
            frozenset({SchemeState.DRAFT}),
            SchemeState.PUBLISHED,
            P.CATALOGUE_MANAGE,
            requires=("mechanism", "version", "sha256"),
            records=("mechanism", "version", "sha256"),
            stamps={
                "published_at": now,
                "published_by_id": by,
                "mechanism": fact("mechanism"),
                "version": fact("version"),
                "sha256": fact("sha256"),
            },
        ),
        Transition(
            "withdraw",
            _("停用"),
            frozenset({SchemeState.PUBLISHED}),
            SchemeState.WITHDRAWN,
            P.CATALOGUE_MANAGE,
            requires={"reason": _("理由")},
            records=("reason",),
            stamps={"withdrawn_at": now},
        ),
    ),
)

OBJECTION = Workflow(
    "objection",
    (
        Transition(
            "uphold",
            _("异议成立，更正"),
            frozenset({ObjectionState.LODGED}),
            ObjectionState.UPHELD,
            P.REVIEW_MANAGE,
            requires={"answer": _("答复"), "correction": _("更正")},
            records=("answer", "correction"),
            stamps={
                "answer": fact("answer"),
                "correction": fact("correction"),
                "answered_at": now,
                "answered_by_id": by,
            },
        ),
        Transition(
            "reject",
            _("异议不成立"),
            frozenset({ObjectionState.LODGED}),
            ObjectionState.REJECTED,
            P.REVIEW_MANAGE,
            requires={"answer": _("答复")},
            records=("answer",),
            stamps={"answer": fact("answer"), "answered_at": now, "answered_by_id": by},
        ),
        Transition(
            "take_back",
            _("撤回异议"),
            frozenset({ObjectionState.LODGED}),
            ObjectionState.TAKEN_BACK,
            P.REPORT_WRITE,
            stamps={"taken_back_at": now},
        ),
    ),
)
