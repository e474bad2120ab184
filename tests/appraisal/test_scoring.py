"""Scores: computed once from sealed marks and entered data, stored with all that was used."""

import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from shuzhi.appraisal import archive
from shuzhi.appraisal.computing import compute
from shuzhi.appraisal.enums import Exemption, ReviewState
from shuzhi.appraisal.models import Entrant, Node, Result, Review
from shuzhi.appraisal.queries.results import derivation_of, results
from shuzhi.appraisal.services import entrants as reporters
from shuzhi.appraisal.services import figures, recount, scoring
from shuzhi.kernel.errors import ForbiddenError, RefusedError, StateError
from shuzhi.kernel.files import read_bytes
from shuzhi.kernel.models import Job
from tests.cast import Cast
from tests.jobs import run_waiting_jobs

from . import story

pytestmark = pytest.mark.django_db


def totals(review: Review) -> dict[str, tuple[Decimal | None, int | None, str]]:
    return {r.entrant.unit.code: (r.total, r.rank, r.computed_grade) for r in results(review)}


def test_totals_ranks_and_grades_are_the_arithmetic_of_the_scheme(
    cast: Cast, reporting: Review
) -> None:
    story.score(cast, reporting)
    assert totals(reporting) == {
        # 20 + 20 + 20 + 40 × 1.00
        "TOWN-01": (Decimal("100.00"), 1, "好"),
        # 15 + 16 + 20 + 40 × 0.85
        "TOWN-02": (Decimal("85.00"), 2, "较好"),
        # 20 + 20 + 0 + 40 × 0.70
        "TOWN-03": (Decimal("68.00"), 3, "一般"),
    }
    assert reporting.state == ReviewState.CLOSED
    reporting.refresh_from_db()
    assert reporting.state == ReviewState.SCORED


def test_happenings_and_vetoes_count(cast: Cast, reporting: Review) -> None:
    actor = cast.actor("commissioner")
    by_code = {e.unit.code: e for e in reporting.entrants.select_related("unit", "review")}
    figures.add_happening(by_code["TOWN-02"], "extra", Decimal("2.5"), "市级表彰", actor=actor)
    figures.add_veto(by_code["TOWN-01"], "discipline", "镇纪委〔2026〕3号", actor=actor)
    story.score(cast, reporting)
    assert totals(reporting)["TOWN-02"] == (Decimal("87.50"), 2, "较好")
    assert totals(reporting)["TOWN-01"] == (Decimal("100.00"), 1, "一般")


def test_the_archive_counts_again_to_the_byte(
    cast: Cast, reporting: Review, tmp_path: Path
) -> None:
    run = story.score(cast, reporting)
    files = archive.unpack(read_bytes(run.archive))
    assert archive.digests(files) == run.manifest
    again = compute(
        files["scheme.yaml"].decode(),
        {n.removeprefix("data/"): d for n, d in files.items() if n.startswith("data/")},
    )
    stored = {n.removeprefix("results/"): d for n, d in files.items() if n.startswith("results/")}
    assert dict(again.outputs) == stored
    assert {"results.csv", "nodes.csv", "manifest.json"} <= set(stored)


def test_the_command_line_gives_the_same_bytes(
    cast: Cast, reporting: Review, tmp_path: Path
) -> None:
    run = story.score(cast, reporting)
    files = archive.unpack(read_bytes(run.archive))
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    said = files["README.md"].decode()
    options = re.search(r"shuzhi (score scheme.yaml data --out) again(.*)", said)
    assert options
    command = [sys.executable, "-m", "shuzhi.engine", *options[1].split(), "a", *options[2].split()]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)  # noqa: S603 (own command)
    for path in (tmp_path / "results").iterdir():
        assert (tmp_path / "a" / path.name).read_bytes() == path.read_bytes(), path.name


def test_scoring_twice_gives_the_same_archive_and_one_current_run(
    cast: Cast, reporting: Review
) -> None:
    first = story.score(cast, reporting)
    second = scoring.score_review(reporting, actor=cast.actor("commissioner"))
    assert first.archive.sha256 == second.archive.sha256
    assert [r.number for r in reporting.runs.filter(current=True)] == [2]
    assert len(results(reporting)) == 3


def test_the_archive_names_no_person(cast: Cast, reporting: Review) -> None:
    run = story.score(cast, reporting)
    text = b"".join(archive.unpack(read_bytes(run.archive)).values()).decode()
    for person in cast.people.values():
        assert person.name not in text


def test_without_sealing_there_is_no_score(cast: Cast, reporting: Review) -> None:
    story.enter_figures(cast, reporting)
    with pytest.raises(StateError):
        scoring.score_review(reporting, actor=cast.actor("commissioner"))
    assert not Result.objects.exists()


def test_there_is_no_archive_before_scoring(cast: Cast, reporting: Review) -> None:
    with pytest.raises(StateError):
        recount.export_recount(reporting, actor=cast.actor("commissioner"))


def test_missing_figures_are_named_and_nothing_is_stored(cast: Cast, reporting: Review) -> None:
    rows = {**story.FIGURES, "TOWN-02": {"study": "3"}}
    story.enter_figures(cast, reporting, rows)
    story.hold_meeting(cast, reporting)
    with pytest.raises(RefusedError) as refused:
        scoring.score_review(reporting, actor=cast.actor("commissioner"))
    words = "第2社区党工委还没有填：党员培训、年度计划。请在“平时考核数据”里补上"
    assert words in str(refused.value)
    for code in ("TOWN-02", "training", "values.csv"):
        assert code not in str(refused.value)
    assert not Result.objects.exists()


def test_na_drops_a_leaf_and_scales_its_siblings(cast: Cast, reporting: Review) -> None:
    rows = {**story.FIGURES, "TOWN-02": {"study": "不适用", "training": "8", "plan": "是"}}
    story.enter_figures(cast, reporting, rows)
    story.hold_meeting(cast, reporting)
    scoring.score_review(reporting, actor=cast.actor("commissioner"))
    # 60 × (16 + 20) / 40 + 40 × 0.85
    assert totals(reporting)["TOWN-02"][0] == Decimal("88.00")


@pytest.mark.parametrize(
    ("exemption", "total"), [(Exemption.RANK, "68.00"), (Exemption.RATING, "66.67")]
)
def test_who_is_exempt_is_shown_without_rank_or_grade(
    cast: Cast, reporting: Review, exemption: Exemption, total: str
) -> None:
    third = Entrant.objects.select_related("review").get(review=reporting, unit__code="TOWN-03")
    reporters.exempt_entrant(third, exemption, "到任两个月", actor=cast.actor("commissioner"))
    story.score(cast, reporting)
    assert totals(reporting)["TOWN-03"] == (Decimal(total), None, "")
    assert {r.rank for r in results(reporting)} == {1, 2, None}


@pytest.mark.parametrize("part", ["leader", "secretary1", "desk", "inspector", "outsider"])
def test_only_who_manages_the_review_scores_it(cast: Cast, reporting: Review, part: str) -> None:
    story.enter_figures(cast, reporting)
    story.hold_meeting(cast, reporting)
    with pytest.raises(ForbiddenError):
        scoring.score_review(reporting, actor=cast.actor(part))


def test_every_point_is_accounted_for_by_stored_steps(cast: Cast, reporting: Review) -> None:
    story.score(cast, reporting)
    for result in results(reporting):
        steps = {s["indicator"]: s for s in derivation_of(result)["steps"]}
        top = [steps[i] for i in ("routine", "overall", "extra")]
        assert sum(Decimal(s["points"]) for s in top) == result.total
        rate = sum(
            Decimal(c["weight"]) * Decimal(c["rate"]) for c in steps["overall"]["categories"]
        )
        assert rate / 100 == Decimal(steps["overall"]["rate"])
        assert sum(c["count"] for c in steps["overall"]["categories"]) == result.marks == 7


def test_nodes_are_stored_for_every_unit_and_indicator(cast: Cast, reporting: Review) -> None:
    story.score(cast, reporting)
    assert Node.objects.count() == 3 * 6


def sealed(cast: Cast, review: Review) -> Review:
    story.enter_figures(cast, review)
    return story.hold_meeting(cast, review)


def test_scoring_goes_on_in_the_background_and_leads_to_the_results(
    cast: Cast, reporting: Review, browse: Callable[[str], Client]
) -> None:
    review = sealed(cast, reporting)
    page = f"/reviews/{review.public_id}/"
    answer = browse("commissioner").post(f"{page}score/")
    assert "/system/jobs/" in answer.headers["Location"]
    assert "正在计分" in browse("commissioner").get(page).content.decode()
    run_waiting_jobs()
    assert review.runs.filter(current=True).count() == 1
    part = browse("commissioner").get(answer.headers["Location"], headers={"HX-Target": "job"})
    assert part.headers["HX-Redirect"] == f"{page}results/"


def test_asked_twice_it_is_done_once(cast: Cast, reporting: Review) -> None:
    review = sealed(cast, reporting)
    first = scoring.request_scoring(review, actor=cast.actor("commissioner"))
    assert scoring.request_scoring(review, actor=cast.actor("commissioner")) == first
    with pytest.raises(StateError, match="正在计分"):
        scoring.request_scoring(review, actor=cast.actor("organiser"))
    run_waiting_jobs()
    assert review.runs.count() == 1


def test_what_refuses_scoring_is_said_before_it_begins(cast: Cast, reporting: Review) -> None:
    with pytest.raises(RefusedError):
        scoring.request_scoring(reporting, actor=cast.actor("commissioner"))
    assert not Job.objects.exists()


def test_what_the_engine_refuses_is_told_on_the_jobs_page(
    cast: Cast, reporting: Review, browse: Callable[[str], Client]
) -> None:
    review = story.hold_meeting(cast, reporting)  # no figures
    answer = browse("commissioner").post(f"/reviews/{review.public_id}/score/")
    run_waiting_jobs()
    page = browse("commissioner").get(answer.headers["Location"]).content.decode()
    assert "不能计分" in page
    assert "“平时考核数据”还一项都没有填" in page
    assert "values.csv" not in page
    assert not review.runs.exists()
