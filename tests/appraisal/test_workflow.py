"""Every state × every step of a review, a report, a comment and a problem."""

from typing import Any

import pytest
from django.db.models import Model

from shuzhi.appraisal.enums import (
    CommentState,
    ObjectionState,
    ProblemState,
    ReportState,
    ReviewState,
    SchemeState,
)
from shuzhi.appraisal.models import Comment, Problem, Report, Review, SchemeDraft
from shuzhi.appraisal.workflow import COMMENT, OBJECTION, PROBLEM, REPORT, REVIEW, SCHEME
from shuzhi.kernel.access import SYSTEM
from shuzhi.kernel.files import store_bytes
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
    "mechanism": "town-review-x",
    "version": 1,
    "sha256": "0" * 64,
    "answer": "已核对",
    "correction": "3 → 4",
}
FLOWS = (REVIEW, REPORT, COMMENT, PROBLEM, SCHEME, OBJECTION)


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
    if flow is SCHEME:
        return SchemeDraft.objects.create(unit=cast.town, title="方案", text="", state=state)
    if flow is OBJECTION:
        file = store_bytes(b"%PDF-1", "x.pdf", "application/pdf", actor=SYSTEM)
        return entrant.objections.create(indicator="a", text="错", evidence=file, state=state)
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
        (SCHEME, SchemeState),
        (OBJECTION, ObjectionState),
    ],
)
def test_every_state_can_be_reached_and_no_other(cast: Cast, flow: Workflow, states: Any) -> None:
    assert set(flow.states) == set(states.values)
    assert not list(unreachable(flow, states.values[0]))
    assert_database_refuses(flow, make(cast, flow, states.values[0]))
