"""Decisions: reasons, quotas, a second person; problems from what was lowest."""

from datetime import date
from pathlib import Path

import pytest

from shuzhi.appraisal.archive import VARIATIONS, unpack
from shuzhi.appraisal.enums import Exemption, ProblemSource, ProblemState, ReviewState
from shuzhi.appraisal.models import Problem, Result, Review
from shuzhi.appraisal.queries.results import quotas, result_rows, results
from shuzhi.appraisal.services import deciding, problems, recount, scoring
from shuzhi.appraisal.services.deciding import Decision
from shuzhi.appraisal.services.entrants import exempt_entrant
from shuzhi.engine.score import score
from shuzhi.kernel.errors import (
    FaultsError,
    ForbiddenError,
    MissingFactError,
    RefusedError,
    StateError,
)
from shuzhi.registry.services.units import rename_unit
from tests.cast import Cast

from .stage import cast, scored, stage

__all__ = ["cast", "scored", "stage"]  # fixtures: the meeting is held once for all tests here
pytestmark = pytest.mark.django_db


def decided(review: Review) -> dict[str, tuple[str, str]]:
    return {r.entrant.unit.code: (r.decided_grade, r.reason) for r in results(review)}


def test_what_is_not_named_keeps_the_computed_grade(cast: Cast, scored: Review) -> None:
    decision = {"TOWN-03": Decision("较好", "搬迁村工作量大，党委会研究")}
    deciding.decide_grades(scored, decision, actor=cast.actor("commissioner"))
    assert decided(scored) == {
        "TOWN-01": ("好", ""),
        "TOWN-02": ("较好", ""),
        "TOWN-03": ("较好", "搬迁村工作量大，党委会研究"),
    }
    assert scored.state == ReviewState.DECIDED


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (Decision("较好"), "请写明理由"),
        (Decision("优秀", "理由"), "没有这个等次"),
    ],
)
def test_a_different_grade_needs_a_reason_and_must_exist(
    cast: Cast, scored: Review, decision: Decision, words: str
) -> None:
    with pytest.raises(FaultsError, match=words):
        deciding.decide_grades(scored, {"TOWN-03": decision}, actor=cast.actor("commissioner"))
    assert set(decided(scored).values()) == {("", "")}


def test_more_than_the_quota_needs_a_reason(cast: Cast, scored: Review) -> None:
    assert quotas(scored) == {"好": 1}
    actor = cast.actor("commissioner")
    decision = {"TOWN-02": Decision("好", "治理成效突出")}
    with pytest.raises(MissingFactError, match="“好”最多 1 个，现有 2 个"):
        deciding.decide_grades(scored, decision, actor=actor)
    deciding.decide_grades(scored, decision, actor=actor, quota_reason="县委同意增加一个")
    assert scored.quota_reason == "县委同意增加一个"


def test_scores_that_the_data_no_longer_give_are_not_decided_on(cast: Cast, scored: Review) -> None:
    actor = cast.actor("commissioner")
    spared = scored.entrants.select_related("review").get(unit__code="TOWN-01")
    exempt_entrant(spared, Exemption.RANK, "到任不足三个月", actor=actor)
    with pytest.raises(StateError, match="请先重新计分"):
        deciding.decide_grades(scored, {}, actor=actor)
    scoring.score_review(scored, actor=actor)
    deciding.decide_grades(scored, {}, actor=actor)
    assert list(results(scored).values_list("rank", "decided_grade"))[-1] == (None, "")


def test_a_unit_renamed_after_scoring_is_decided_on_and_counted_again_as_it_was(
    cast: Cast, scored: Review, tmp_path: Path
) -> None:
    unit = scored.entrants.get(unit__code="TOWN-01").unit
    rename_unit(actor=cast.actor("commissioner"), unit=unit, name="新名社区")
    deciding.decide_grades(scored, {}, actor=cast.actor("commissioner"))
    files = unpack(recount.export_recount(scored, actor=cast.actor("commissioner")))
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    again = tmp_path / "again"
    score(tmp_path / "scheme.yaml", tmp_path / "data", again, robustness=VARIATIONS)
    assert {path.name: path.read_bytes() for path in again.iterdir()} == {
        path.name: path.read_bytes() for path in (tmp_path / "results").iterdir()
    }


def test_who_decided_does_not_publish(cast: Cast, scored: Review) -> None:
    organiser = cast.actor("organiser")
    deciding.decide_grades(scored, {}, actor=organiser)
    with pytest.raises(ForbiddenError):
        deciding.publish_review(scored, actor=organiser)
    Review.objects.update(decided_by=cast.account("leader"))
    with pytest.raises(RefusedError, match="另一位领导"):
        deciding.publish_review(scored, actor=cast.actor("leader"))
    Review.objects.update(decided_by=cast.account("organiser"))
    deciding.publish_review(scored, actor=cast.actor("leader"))
    assert scored.state == ReviewState.PUBLISHED


def test_the_leader_may_send_it_back_with_a_reason(cast: Cast, scored: Review) -> None:
    deciding.decide_grades(scored, {}, actor=cast.actor("commissioner"))
    with pytest.raises(MissingFactError):
        deciding.reconsider(scored, " ", actor=cast.actor("leader"))
    deciding.reconsider(scored, "再听一次意见", actor=cast.actor("leader"))
    assert scored.state == ReviewState.SCORED


@pytest.mark.parametrize("part", ["leader", "secretary1", "inspector", "desk", "outsider"])
def test_only_who_manages_records_the_decision(cast: Cast, scored: Review, part: str) -> None:
    with pytest.raises(ForbiddenError):
        deciding.decide_grades(scored, {}, actor=cast.actor(part))


def test_the_lowest_items_are_proposed_once(cast: Cast, scored: Review) -> None:
    actor = cast.actor("commissioner")
    assert problems.propose_problems(scored, actor=actor) == 4
    assert problems.propose_problems(scored, actor=actor) == 0
    found = {(p.entrant.unit.code, p.indicator) for p in Problem.objects.all()}
    # study 75 %, training 80 %; plan 0 %, overall 70 %
    assert {("TOWN-03", "plan"), ("TOWN-03", "overall")} <= found
    assert {p.source for p in Problem.objects.all()} == {ProblemSource.LOWEST}


def test_a_problem_is_listed_with_owner_and_deadline_only(cast: Cast, scored: Review) -> None:
    actor, entrant = cast.actor("commissioner"), results(scored)[0].entrant
    problem = problems.name_problem(entrant, "台账不全", actor=actor)
    with pytest.raises(MissingFactError, match="责任人和整改期限"):
        problems.move_problem(problem, "confirm", actor=actor)
    problems.edit_problem(
        problem, actor=actor, text="台账不全", owner="书记1", due=date(2027, 3, 31)
    )
    problems.move_problem(problem, "confirm", actor=actor)
    assert problem.state == ProblemState.LISTED


def test_last_years_rank_stands_beside_this_years(cast: Cast, scored: Review) -> None:
    assert list(result_rows(scored).values_list("last_rank", flat=True)) == [None] * 3
    deciding.decide_grades(scored, {}, actor=cast.actor("commissioner"))
    deciding.publish_review(scored, actor=cast.actor("leader"))
    Review.objects.update(year=scored.year - 1)
    again = Review.objects.create(unit=scored.unit, year=scored.year, title="今年")
    run = scored.runs.get(current=True)
    run.pk, run.review = None, again
    run.save()
    for old in Result.objects.filter(run__review=scored):
        entrant = old.entrant
        entrant.pk, entrant.public_id, entrant.review = None, f"N{old.pk}", again
        entrant.save()
        Result.objects.create(run=run, entrant=entrant, rank=4 - (old.rank or 0), total=old.total)
    assert list(result_rows(again).values_list("rank", "last_rank")) == [(1, 3), (2, 2), (3, 1)]


def test_the_archive_goes_to_who_sees_results_and_is_recorded(cast: Cast, scored: Review) -> None:
    assert recount.export_recount(scored, actor=cast.actor("inspector")).startswith(b"PK")
    with pytest.raises(ForbiddenError):
        recount.export_recount(scored, actor=cast.actor("secretary1"))
