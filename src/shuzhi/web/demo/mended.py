"""Last year's problems put right: each a rectification notice, most closed, some late or failed."""

from datetime import date, timedelta
from itertools import cycle
from typing import TYPE_CHECKING

from shuzhi.appraisal.queries.problems import problem_rows
from shuzhi.appraisal.services import send_notices

from .clock import on
from .owed_scene import PHOTO, Scene

if TYPE_CHECKING:
    from shuzhi.appraisal.models import Problem, Review

RECENT = timedelta(days=30)
ENDS = ("working", "closed", "reported", "again")  # where those that are due of late stand


def mend_last_year(review: "Review", scene: Scene) -> None:
    """Send the notices in January, and let the communities answer them as far as today allows."""
    sent = min(date(review.year + 1, 1, 6), scene.today)
    with on(sent):
        send_notices(review, actor=scene.crew.commissioner)
    ends = cycle(ENDS)
    for problem in problem_rows(review):
        recent = problem.due is not None and problem.due > scene.today - RECENT
        _mend(problem, next(ends) if recent else "closed", sent, scene)


def _mend(problem: "Problem", end: str, sent: date, scene: Scene) -> None:
    matter, secretary = problem.matter, _number(problem)
    if matter is None or problem.due is None:
        return
    near = min(problem.due, scene.today)

    def ago(ahead: int) -> int:
        """Return how long ago it was so many days before the deadline, or before today."""
        return (scene.today - max(sent, near - timedelta(days=ahead))).days

    measure = {"measure": "列入月度对账", "who": "副书记", "by_when": problem.due.isoformat()}
    planned = min(sent + timedelta(days=4), scene.today)
    scene.step((scene.today - planned).days, matter, secretary, "plan", measures=[measure])
    if end == "working":
        return
    done = {"result": "已经改好，按月对账，附现场照片。", "evidence": [PHOTO]}
    scene.step(ago(6), matter, secretary, "report", **done)
    if end == "reported":
        return
    seen = {"inspected_on": (scene.today - timedelta(days=ago(2))).isoformat()}
    step, finding = {
        "closed": ("pass", "实地看过，回访群众满意。"),
        "again": ("fail", "台账补了，人还是不清楚。"),
    }[end]
    scene.step(ago(2), matter, "commissioner", step, finding=finding, **seen)


def _number(problem: "Problem") -> int:
    """Return the community's number as the scene knows it (TOWN-07 → 7)."""
    return int(problem.entrant.unit.code.removeprefix("TOWN-"))
