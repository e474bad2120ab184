"""What stands behind a published result cannot be changed in the database unseen."""

from decimal import Decimal

import pytest

from shuzhi.appraisal.models import Derivation, Node, Result, Review
from shuzhi.appraisal.services import deciding
from shuzhi.ballots.models import Receipt, Remark, SealedMark
from shuzhi.kernel.audit.log import current_head, verify_log
from shuzhi.kernel.audit.problems import Fault
from shuzhi.kernel.models import AuditEvent
from tests.cast import Cast

from . import story

pytestmark = pytest.mark.django_db


@pytest.fixture
def scored(cast: Cast, reporting: Review) -> Review:
    story.score(cast, reporting)
    current_head()
    assert verify_log().problems == []
    reporting.refresh_from_db()
    return reporting


def _named() -> list[str]:
    """Return what verifying says, each with its part."""
    problems = verify_log().problems
    assert {problem.fault for problem in problems} <= {Fault.CONTENT}
    return [problem.message for problem in problems]


def test_a_changed_score_is_named_by_its_unit(scored: Review) -> None:
    Result.objects.filter(entrant__unit__code="TOWN-02").update(total=Decimal("99.00"))
    (message,) = _named()
    assert "考核结果 TOWN-02" in message


def test_a_changed_grade_node_or_derivation_is_named(scored: Review) -> None:
    Result.objects.filter(entrant__unit__code="TOWN-03").update(computed_grade="好")
    Node.objects.filter(result__entrant__unit__code="TOWN-01").update(points=1)
    Derivation.objects.filter(result__entrant__unit__code="TOWN-01").update(tree={})
    Review.objects.update(scheme_text="x")
    found = " ".join(_named())
    for part in ("考核结果 TOWN-03", "考核结果 TOWN-01", "计分依据 TOWN-01", "方案"):
        assert part in found


def test_a_changed_added_or_removed_mark_is_noticed(scored: Review) -> None:
    mark = SealedMark.objects.first()
    assert mark
    SealedMark.objects.filter(pk=mark.pk).update(value="差")
    assert "评分" in " ".join(_named())
    SealedMark.objects.filter(pk=mark.pk).update(value=mark.value)
    assert _named() == []
    Receipt.objects.create(poll=mark.poll, code="XXXXXXXX")
    Remark.objects.create(poll=mark.poll, subject="TOWN-01", text="后加的一条")
    found = " ".join(_named())
    assert "回执" in found
    assert "意见建议" in found
    mark.delete()
    assert "评分" in " ".join(_named())


def test_the_committees_decision_is_witnessed_and_hidden(cast: Cast, scored: Review) -> None:
    decision = {"TOWN-03": deciding.Decision("较好", "整改到位")}
    actor = cast.actor("commissioner")
    deciding.decide_grades(scored, decision, actor=actor, quota_reason="确需")
    current_head()
    assert verify_log().sound
    payloads = "".join(AuditEvent.objects.values_list("payload", flat=True))
    assert "整改到位" not in payloads
    assert "68.00" not in payloads
    Result.objects.filter(entrant__unit__code="TOWN-03").update(decided_grade="好")
    assert "考核结果 TOWN-03" in " ".join(_named())
