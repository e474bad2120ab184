"""The committee's decision on grades, and its publication by a second person."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from shuzhi.appraisal.archive import DATA, unpack
from shuzhi.appraisal.computing import filled
from shuzhi.appraisal.data import data_files, without_names
from shuzhi.appraisal.enums import ReviewState
from shuzhi.appraisal.models import Result, Review
from shuzhi.appraisal.policy import require_state
from shuzhi.appraisal.queries.results import current_run, quota_faults, results
from shuzhi.appraisal.queries.scheme import scheme_of
from shuzhi.appraisal.workflow import REVIEW
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import FaultsError, MissingFactError, RowFault, StateError
from shuzhi.kernel.files import read_bytes
from shuzhi.kernel.period import require_open
from shuzhi.kernel.workflow import perform
from shuzhi.kernel.writes import verb

from .crediting import credit_comments


@dataclass(frozen=True)
class Decision:
    """The grade that the committee gives a unit, and why where it differs from the computed."""

    grade: str
    reason: str = ""


def _faults(
    rows: list[Result], decisions: Mapping[str, Decision], grades: list[str]
) -> list[RowFault]:
    found = []
    for number, row in enumerate(rows, 1):
        unit = row.entrant.unit
        decision = decisions.get(unit.code, Decision(row.computed_grade))
        if decision.grade and decision.grade not in grades:
            found.append(RowFault(number, unit.short_name, _("方案中没有这个等次。")))
        elif decision.grade and not row.computed_grade:
            found.append(RowFault(number, unit.short_name, _("该单位不参加排名，不定等次。")))
        elif decision.grade != row.computed_grade and not decision.reason.strip():
            found.append(RowFault(number, unit.short_name, _("与计算等次不同，请写明理由。")))
    return found


def _check_current(review: Review) -> None:
    """Refuse a decision on scores that the data of today would not give.

    A unit that has only been renamed since counts as before; the package keeps the name it had.
    """
    run = current_run(review)
    files = {f"{DATA}/{name}": data for name, data in filled(data_files(review)).items()}
    stored = unpack(read_bytes(run.archive)) if run else {}
    counted = {name: data for name, data in stored.items() if name.startswith(DATA)}
    if without_names(files) != without_names(counted):
        raise StateError(_("计分以后数据有改动，等次要按改正后的得分研究。请先重新计分。"))


@verb
def decide_grades(
    review: Review,
    decisions: Mapping[str, Decision],
    *,
    actor: Actor,
    quota_reason: str = "",
) -> Review:
    """Record the committee's grades by unit code; units not named keep the computed grade.

    A grade that differs needs a reason, and so does a share beyond the scheme's quota.
    """
    require(actor, Permission.REVIEW_MANAGE, review)
    require_state(review, ReviewState.SCORED)
    require_open(review.year)
    _check_current(review)
    rows = list(results(review))
    faults = _faults(rows, decisions, scheme_of(review).grades)
    if faults:
        raise FaultsError(faults)
    for row in rows:
        decision = decisions.get(row.entrant.unit.code, Decision(row.computed_grade))
        row.decided_grade = decision.grade
        row.reason = decision.reason.strip() if decision.grade != row.computed_grade else ""
    over = quota_faults(review, Counter(r.decided_grade for r in rows))
    if over and not quota_reason.strip():
        raise MissingFactError(
            _("%(over)s 确需超出的，请写明理由。") % {"over": " ".join(map(str, over))}
        )
    Result.objects.bulk_update(rows, ["decided_grade", "reason"])
    for row in filter(lambda result: result.reason, rows):
        after = {"grade": row.decided_grade, "reason": row.reason}
        before = {"grade": row.computed_grade}
        record("result.decide", row, actor=actor, before=before, after=after)
    return perform(
        REVIEW, review, "decide", actor=actor, quota_reason=quota_reason.strip() if over else ""
    )


@verb
def reconsider(review: Review, reason: str, *, actor: Actor) -> Review:
    """Send the decision back to the committee, saying why; nothing has been published."""
    return perform(REVIEW, review, "reconsider", actor=actor, reason=reason.strip())


@verb
def publish_review(review: Review, *, actor: Actor) -> Review:
    """Publish: a second person, entitled to approve, who did not record the decision.

    The leaders' comments are out with it, and count where they were owed.
    """
    require_open(review.year)
    published = perform(REVIEW, review, "publish", actor=actor)
    credit_comments(published)
    return published
