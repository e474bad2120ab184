"""Send the rectification notices of a review: from then on the notice tells how far each is."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from shuzhi.appraisal.enums import ReviewState
from shuzhi.appraisal.models import Problem, Review
from shuzhi.appraisal.policy import require_state
from shuzhi.appraisal.queries.problems import to_notify
from shuzhi.kernel.access import Actor, Permission, require
from shuzhi.kernel.audit import record
from shuzhi.kernel.errors import FaultsError, RefusedError, RowFault
from shuzhi.kernel.writes import verb
from shuzhi.matters.services import TITLE, open_matter

NOTICE = "rectification-notice"


@verb
def send_notices(review: Review, *, actor: Actor) -> list[Problem]:
    """Open a rectification notice for each listed problem that has none: all, or none with faults.

    Only once the results are out: a unit learns its result from the publication, not from a notice.
    """
    require(actor, Permission.REVIEW_COMMENT, review)
    require_state(review, ReviewState.PUBLISHED)
    problems = list(to_notify(review).select_for_update(of=("self",)))
    if not problems:
        raise RefusedError(_("清单里没有要下达整改通知的问题。"))
    faults = []
    for number, problem in enumerate(problems, 1):
        try:
            _send(problem, actor)
        except RefusedError as error:
            faults.append(RowFault(number, problem.entrant.unit.short_name, _why(problem, error)))
    if faults:
        raise FaultsError(faults)
    return problems


def _send(problem: Problem, actor: Actor) -> None:
    with override("zh-hans"):  # what a notice says is kept in Chinese, whoever sends it
        basis = f"{problem.entrant.review.title}：{problem.get_source_display()}"
    problem.matter = open_matter(
        actor=actor,
        mechanism=NOTICE,
        unit=problem.entrant.unit,
        title=problem.text[:TITLE],
        facts={
            "problem": "\n".join(filter(None, (problem.text, problem.measure))),
            "basis": basis,
            "mode": "by_date",
            "due_on": problem.due.isoformat() if problem.due else "",
        },
    )
    problem.save(update_fields=["matter"])
    after = {"matter": problem.matter.public_id, "number": problem.matter.number}
    record("problem.notice", problem, actor=actor, after=after)


def _why(problem: Problem, error: RefusedError) -> Any:
    return _("“%(text)s”：%(why)s") % {"text": problem.text, "why": error.message}
