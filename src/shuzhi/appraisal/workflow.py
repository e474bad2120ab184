"""The legal steps of a review, a report, a comment and a problem."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from shuzhi.kernel.access import Actor
from shuzhi.kernel.access import Permission as P  # noqa: N817 (a table reads better)
from shuzhi.kernel.errors import RefusedError
from shuzhi.kernel.workflow import Transition, Workflow, by, fact, now

from .enums import CommentState as C
from .enums import ProblemState, ReportState
from .enums import ReviewState as S


def _second_person(review: Any, actor: Actor, _facts: Mapping[str, Any]) -> None:
    if actor.account_id is not None and actor.account_id == review.decided_by_id:
        raise RefusedError(_("公布须由另一位领导批准：等次是您本人登记研究确定的。"))


def _whole(comment: Any, _actor: Actor, _facts: Mapping[str, Any]) -> None:
    if not comment.complete:
        raise RefusedError(_("点评的三个部分都要写：肯定成绩、指出不足、努力方向。"))


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
            guards=(_second_person,),
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
            guards=(_whole,),
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
            ProblemState.OPEN,
            P.REVIEW_COMMENT,
        ),
        Transition(
            "drop",
            _("不列入"),
            frozenset({ProblemState.PROPOSED}),
            ProblemState.DROPPED,
            P.REVIEW_COMMENT,
        ),
        Transition(
            "settle",
            _("整改完成"),
            frozenset({ProblemState.OPEN}),
            ProblemState.DONE,
            P.REVIEW_COMMENT,
            requires={"outcome": _("完成情况")},
            records=("outcome",),
            stamps={"outcome": fact("outcome")},
        ),
        Transition(
            "resume",
            _("重新整改"),
            frozenset({ProblemState.DONE}),
            ProblemState.OPEN,
            P.REVIEW_COMMENT,
            requires={"reason": _("理由")},
            records=("reason",),
        ),
    ),
)
