"""Every state × every step of a review, a report, a comment and a problem."""

from typing import Any

import pytest
from django.db.models import Model

from shuzhi.appraisal.enums import CommentState, ProblemState, ReportState, ReviewState
from shuzhi.appraisal.models import Comment, Problem, Report, Review
from shuzhi.appraisal.workflow import COMMENT, PROBLEM, REPORT, REVIEW
from shuzhi.kernel.access import SYSTEM
from shuzhi.kernel.workflow import Workflow
from tests.cast import YEAR, Cast
from tests.workflows import assert_database_refuses, cases, unreachable, walk

pytestmark = pytest.mark.django_db
FACTS: dict[str, Any] = {
    "quota_reason": "",
    "reason": "补充材料",
    "outcome": "已办结",
    "digest": "0" * 64,
    "frozen": [],
}
FLOWS = (REVIEW, REPORT, COMMENT, PROBLEM)


def make(cast: Cast, flow: Workflow, state: str) -> Model:
    """Return a stored object of a flow's kind in `state`."""
    review = Review.objects.create(unit=cast.town, year=YEAR, title="评议", scheme_text="")
    entrant = review.entrants.create(
        unit=cast.communities[0], person=cast.people["secretary1"], position=1
    )
    made: Model
    if flow is REVIEW:
        review.state = state
        review.save()
        return review
    if flow is REPORT:
        made = Report.objects.create(entrant=entrant, state=state)
    elif flow is COMMENT:
        made = Comment.objects.create(
            entrant=entrant, state=state, good="好", lacking="不足", direction="方向"
        )
    else:
        made = Problem.objects.create(entrant=entrant, state=state, text="问题")
    return made


@pytest.mark.parametrize(
    ("flow", "state", "step"),
    [(flow, *case) for flow in FLOWS for case in cases(flow)],
    ids=lambda value: getattr(value, "event", value),
)
def test_each_step_in_each_state(cast: Cast, flow: Workflow, state: str, step: str) -> None:
    walk(flow, lambda wanted: make(cast, flow, wanted), state, step, actor=SYSTEM, facts=FACTS)


@pytest.mark.parametrize(
    ("flow", "states"),
    [
        (REVIEW, ReviewState),
        (REPORT, ReportState),
        (COMMENT, CommentState),
        (PROBLEM, ProblemState),
    ],
)
def test_every_state_can_be_reached_and_no_other(cast: Cast, flow: Workflow, states: Any) -> None:
    assert set(flow.states) == set(states.values)
    assert not list(unreachable(flow, states.values[0]))
    assert_database_refuses(flow, make(cast, flow, states.values[0]))
