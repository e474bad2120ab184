"""The papers of one meeting: which there are, who may take them, from when on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.queries import papers as appraisal
from shuzhi.appraisal.queries.parts import meeting_of
from shuzhi.appraisal.queries.results import SCORED, offers_recount
from shuzhi.appraisal.services.recount import export_recount
from shuzhi.kernel.access import Actor, Permission, allows
from shuzhi.kernel.audit.log import current_head
from shuzhi.kernel.documents.word import write_word
from shuzhi.kernel.uploads import MEDIA_TYPES, FileKind

from .collecting import (
    category_facts,
    comment_facts,
    feedback_facts,
    form_facts,
    meeting_facts,
    review_facts,
    roll_facts,
)
from .content import frozen_content, proof_facts
from .facts import ProofFacts
from .papers.feedback import feedback_archive
from .papers.form import ballot_form
from .papers.lists import problem_list, sign_in_sheet
from .papers.minutes import minutes
from .papers.summary import summary_sheet
from .papers.workbook import results_workbook
from .queries import issued_bulletin

if TYPE_CHECKING:
    from shuzhi.appraisal.models import Review

ZIP = "application/zip"
PDF, WORD, EXCEL = (MEDIA_TYPES[kind] for kind in (FileKind.PDF, FileKind.WORD, FileKind.EXCEL))


def proof_of(review: "Review") -> ProofFacts:
    """Return the head that the papers of a review bear: the bulletin's, before it the latest."""
    issued = issued_bulletin(review)
    content = frozen_content(issued) if issued else None
    if content and content.frame.proof:
        return content.frame.proof
    return proof_facts(current_head())


@dataclass(frozen=True)
class MeetingPaper:
    """One paper: words, file, who may take it, and from when on it exists."""

    name: str
    title: str | Promise
    hint: str | Promise
    ending: str
    media_type: str
    permission: Permission
    make: Callable[[Any, Actor], bytes]
    there: Callable[[Any], bool]
    later: str | Promise  # what to wait for, while it is not there

    def is_there(self, review: "Review") -> bool:
        return self.there(review)

    def file_name(self, review: "Review") -> str:
        return f"{review.title}-{self.title}.{self.ending}"


def _form(review: "Review", _actor: Actor) -> bytes:
    return ballot_form(form_facts(review))


def _roll(review: "Review", _actor: Actor) -> bytes:
    meeting = meeting_of(review)
    return sign_in_sheet(
        meeting.title, review.unit.name, meeting_facts(meeting), roll_facts(meeting)
    )


def _minutes(review: "Review", actor: Actor) -> bytes:
    """Comments on the reporters are in it for those alone who see the results."""
    entitled = allows(actor, Permission.REVIEW_RESULT, review)
    comments = [comment_facts(one) for one in appraisal.approved_comments(review)]
    paper = minutes(
        meeting_facts(meeting_of(review)),
        category_facts(review.poll) if review.poll else (),
        comments if entitled else [],
        unit=review.unit.name,
        proof=proof_of(review),
    )
    return write_word(paper)


def _summary(review: "Review", _actor: Actor) -> bytes:
    return summary_sheet(review_facts(review), proof_of(review))


def _results(review: "Review", _actor: Actor) -> bytes:
    return results_workbook(review_facts(review), proof_of(review))


def _problems(review: "Review", _actor: Actor) -> bytes:
    return problem_list(review_facts(review), proof_of(review))


def _feedback(review: "Review", _actor: Actor) -> bytes:
    return feedback_archive(feedback_facts(review), proof_of(review))


def _recount(review: "Review", actor: Actor) -> bytes:
    return export_recount(review, actor=actor)


def _has_meeting(review: "Review") -> bool:
    return review.gathering_id is not None


def _was_opened(review: "Review") -> bool:
    return review.gathering is not None and review.gathering.opened_at is not None


def _is_scored(review: "Review") -> bool:
    return review.state in SCORED


AFTER_SCORING = _("计分完成后可以下载。")
RESULT = Permission.REVIEW_RESULT
PAPERS = {
    paper.name: paper
    for paper in (
        MeetingPaper(
            "roll",
            _("签到表"),
            _("会前打印，摆在门口。"),
            "pdf",
            PDF,
            Permission.GATHERING_VIEW,
            _roll,
            _has_meeting,
            _("建立会议后可以下载。"),
        ),
        MeetingPaper(
            "form",
            _("纸质测评表"),
            _("每个类别一种，按需要的份数复印；不署名、不编号。"),
            "pdf",
            PDF,
            Permission.POLL_VIEW,
            _form,
            lambda review: review.poll_id is not None,
            _("设定测评表后可以下载。"),
        ),
        MeetingPaper(
            "minutes",
            _("会议记录"),
            _("到会、法定人数、次序和用时、点评，供签名归档。"),
            "docx",
            WORD,
            Permission.GATHERING_VIEW,
            _minutes,
            _was_opened,
            _("开会后可以下载。"),
        ),
        MeetingPaper(
            "summary",
            _("测评结果汇总表"),
            _("按类别和述职人汇总，留有监票人、计票人、监督人签名处。"),
            "pdf",
            PDF,
            RESULT,
            _summary,
            _is_scored,
            AFTER_SCORING,
        ),
        MeetingPaper(
            "results",
            _("考核结果"),
            _("名次、得分、等次和分项得分。"),
            "xlsx",
            EXCEL,
            RESULT,
            _results,
            _is_scored,
            AFTER_SCORING,
        ),
        MeetingPaper(
            "feedback",
            _("个人反馈单（全部）"),
            _("每人一页，只有本人的测评、点评、意见和问题。"),
            "zip",
            ZIP,
            RESULT,
            _feedback,
            _is_scored,
            AFTER_SCORING,
        ),
        MeetingPaper(
            "problems",
            _("问题整改清单"),
            _("问题、责任人和时限，留有完成情况和销号栏。"),
            "pdf",
            PDF,
            RESULT,
            _problems,
            _is_scored,
            AFTER_SCORING,
        ),
        MeetingPaper(
            "recount",
            _("复核压缩包"),
            _("方案、不含个人信息的计分数据和结果；解压后运行 shuzhi score，应逐字节相同。"),
            "zip",
            ZIP,
            RESULT,
            _recount,
            offers_recount,
            _("计分完成后可以下载；有的类别票数太少时，会让人看出个人打的分，不提供。"),
        ),
    )
}
