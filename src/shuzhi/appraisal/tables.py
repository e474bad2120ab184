"""Lists of the review."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuzhi.kernel.tables import Badge, Column, Empty, Filter, Table, Tone, state_column
from shuzhi.matters.queries.beside import story_url

from .enums import (
    CommentState,
    ProblemSource,
    ProblemState,
    ReportState,
    ReviewState,
)
from .models import Comment, Result
from .queries.problems import problem_badge
from .queries.results import SCORED

REVIEW_TONES = {
    ReviewState.PREPARING: Tone.WAITING,
    ReviewState.REPORTING: Tone.GOING,
    ReviewState.OPEN: Tone.GOING,
    ReviewState.CLOSED: Tone.WAITING,
    ReviewState.SCORED: Tone.WAITING,
    ReviewState.DECIDED: Tone.WAITING,
    ReviewState.PUBLISHED: Tone.DONE,
}
REPORT_TONES = {
    ReportState.DRAFT: Tone.WAITING,
    ReportState.SUBMITTED: Tone.DONE,
    ReportState.FROZEN: Tone.DONE,
}
COMMENT_TONES = {
    CommentState.DRAFT: Tone.WAITING,
    CommentState.READY: Tone.GOING,
    CommentState.APPROVED: Tone.DONE,
}


def _comment_state(row: Comment) -> Badge:
    state = CommentState(row.state)
    if state is CommentState.DRAFT and not row.prepared_at:
        return Badge(_("还没有点评"), Tone.WARN)
    return Badge(state.label, COMMENT_TONES[state])


def _problem_url(row: Any) -> str | None:
    """Return where a problem is dealt with: in the story of its notice once that is sent.

    Before that only who may change it (`editable`) has a page of it.
    """
    if row.notice:
        return story_url(row.notice)
    if not row.editable:
        return None
    return reverse("appraisal:problem", args=[row.entrant.review.public_id, row.public_id])


def _to(page: str, row: Any) -> str:
    entrant = row.entrant
    return reverse(f"appraisal:{page}", args=[entrant.review.public_id, entrant.public_id])


def _unit(page: str, sort: str = "entrant__position") -> Column:
    """Return the column of a reporter's unit, which leads to the reporter's `page`."""
    value = "entrant.unit.short_name"
    return Column("unit", _("单位"), value=value, sort=sort, link=lambda row: _to(page, row))


PERSON = Column(
    "person", _("述职人"), value="entrant.person.name", sort="entrant__person__sort_key"
)

REVIEWS = Table(
    name="reviews",
    title=_("年度述职评议"),
    columns=(
        Column(
            "title",
            _("评议"),
            sort="title",
            link=lambda row: reverse("appraisal:detail", args=[row.public_id]),
        ),
        Column("year", _("年度"), sort="year", numeric=True),
        Column("unit", _("组织评议的单位"), value="unit.name", sort="unit__path"),
        Column("meets_on", _("会议日期"), sort="gathering__starts_at"),
        state_column(REVIEW_TONES),
    ),
    search=("title", "unit__name"),
    filters=(Filter("state", _("状态"), ReviewState.choices),),
    default_sort="-year",
    empty=Empty(_("还没有年度述职评议。建立以后，报告、会议、得分和整改都在这里。")),
)

REPORTS = Table(
    name="review-reports",
    title=_("述职报告"),
    columns=(
        _unit("report"),
        PERSON,
        Column("written", _("已写部分"), value="written_words", numeric=True),
        Column("submitted_at", _("提交时间"), sort="submitted_at"),
        state_column(REPORT_TONES),
    ),
    search=("entrant__unit__name", "entrant__person__name"),
    filters=(Filter("state", _("状态"), ReportState.choices),),
    default_sort="unit",
    empty=Empty(_("还没有述职单位。请先确定由谁述职。")),
    per_page=60,
)

COMMENTS = Table(
    name="review-comments",
    title=_("领导点评"),
    columns=(
        _unit("comment"),
        Column("state", _("状态"), value="get_state_display", sort="state", badge=_comment_state),
        PERSON,
        Column("prepared", _("填写人"), value="prepared_by.name"),
        Column("approved", _("审定人"), value="approved_by.name"),
    ),
    search=("entrant__unit__name", "entrant__person__name"),
    filters=(Filter("state", _("状态"), CommentState.choices),),
    default_sort="unit",
    empty=Empty(_("还没有述职单位。请先确定由谁述职。")),
    per_page=60,
)

PROBLEMS = Table(
    name="review-problems",
    title=_("问题清单"),
    columns=(
        Column("text", _("问题"), link=_problem_url),
        Column("unit", _("单位"), value="entrant.unit.short_name", sort="entrant__position"),
        Column("source", _("来源"), value="get_source_display", sort="source"),
        Column("measure", _("整改措施")),
        Column("owner", _("责任人"), sort="owner"),
        Column("due", _("整改期限"), sort="due"),
        Column("outcome", _("完成情况")),
        Column("state", _("状态"), value="standing", sort="state", badge=problem_badge),
    ),
    search=("text", "entrant__unit__name", "owner"),
    filters=(
        Filter("state", _("状态"), ProblemState.choices),
        Filter("source", _("来源"), ProblemSource.choices),
    ),
    default_sort="unit",
    empty=Empty(_("还没有问题。点评时点到的问题和得分最低的内容会列在这里。")),
    per_page=60,
)


def _change(row: Result) -> str:
    last = getattr(row, "last_rank", None)
    if last is None or row.rank is None:
        return ""
    moved = last - row.rank
    return f"↑{moved}" if moved > 0 else f"↓{-moved}" if moved < 0 else "="


def _range(row: Result) -> str:
    if row.rank_low is None or row.rank_high is None:
        return ""
    return f"{row.rank_low}–{row.rank_high}" if row.rank_low < row.rank_high else f"{row.rank_low}"


def _of_grade(rows: QuerySet[Any], grade: str) -> QuerySet[Any]:
    """Keep the decided grade; where nothing is decided yet, the computed one."""
    undecided = Q(run__review__state=ReviewState.SCORED, decided_grade="")
    return rows.filter(Q(decided_grade=grade) | undecided & Q(computed_grade=grade))


RESULTS = Table(
    name="review-results",
    title=_("考核结果"),
    columns=(
        _unit("result", sort="entrant__unit__path"),
        Column("rank", _("名次"), sort="rank", numeric=True),
        PERSON,
        Column("total", _("总分"), value="shown_total", sort="total", numeric=True),
        Column("spread", _("测评误差 ±"), sort="spread", numeric=True),
        Column("range", _("可能名次"), value=_range, numeric=True),
        Column("change", _("比上年"), value=_change, numeric=True),
        Column("computed", _("计算等次"), value="computed_grade", sort="computed_grade"),
        Column(
            "decided",
            pgettext_lazy("表头", "研究等次"),
            value="decided_grade",
            sort="decided_grade",
        ),
        Column("reason", _("说明"), value="remark"),
    ),
    search=("entrant__unit__name", "entrant__person__name"),
    default_sort="rank",
    empty=Empty(_("还没有计分结果。")),
    per_page=60,
)


def results_table(grades: Sequence[str]) -> Table:
    """Return the list of results, filtered by the grades of a scheme."""
    choices = [(grade, grade) for grade in grades]
    return replace(RESULTS, filters=(Filter("grade", _("等次"), choices, _of_grade),))


def _to_results(row: Any) -> str:
    if row.own_entrant:
        return reverse("appraisal:result", args=[row.public_id, row.own_entrant])
    return reverse("appraisal:results", args=[row.public_id])


RESULTS_INDEX = Table(
    name="review-results-index",
    title=_("考核结果"),
    columns=(
        Column("title", _("评议"), sort="title", link=_to_results),
        Column("year", _("年度"), sort="year", numeric=True),
        Column("unit", _("组织评议的单位"), value="unit.name", sort="unit__path"),
        Column("published_at", _("公布时间"), sort="published_at"),
        state_column(REVIEW_TONES),
    ),
    search=("title", "unit__name"),
    filters=(
        Filter("state", _("状态"), [state for state in ReviewState.choices if state[0] in SCORED]),
    ),
    default_sort="-year",
    empty=Empty(
        _(
            "还没有考核结果。评议计分以后，有权查看的人会在这里看到；各单位在公布以后看到自己的结果。"
        )
    ),
)
