"""Comments: three parts, who prepares, who approves, what coverage says."""

from collections.abc import Callable

import pytest
from django.test import Client

from shuzhi.appraisal.enums import CommentState, ProblemSource
from shuzhi.appraisal.models import Comment, Entrant, Problem, Review
from shuzhi.appraisal.queries.comments import approved_comment, first_waiting
from shuzhi.appraisal.queries.overview import coverage_counts
from shuzhi.appraisal.services.comments import approve_comment, finish_comment, save_comment
from shuzhi.kernel.errors import ForbiddenError, RefusedError
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PARTS = {"good": "走访扎实", "lacking": "年轻党员活动少", "direction": "把网格统起来"}


def test_a_clerk_prepares_and_the_leader_approves_both_recorded(
    cast: Cast, entrants: list[Entrant], review: Review
) -> None:
    clerk, leader = cast.actor("commissioner"), cast.actor("leader")
    comment = finish_comment(entrants[0], PARTS, actor=clerk)
    assert comment.state == CommentState.READY
    assert approved_comment(entrants[0]) is None
    assert first_waiting(review) == entrants[0]
    approve_comment(comment, actor=leader)
    assert (comment.prepared_by_id, comment.approved_by_id) == (
        clerk.account_id,
        leader.account_id,
    )
    assert (coverage_counts(review).done, coverage_counts(review).left) == (1, 2)


def test_a_leaders_own_comment_needs_no_second_step(cast: Cast, entrants: list[Entrant]) -> None:
    comment = finish_comment(entrants[0], PARTS, actor=cast.actor("leader"))
    assert comment.state == CommentState.APPROVED


@pytest.mark.parametrize("part", ["good", "lacking", "direction"])
@pytest.mark.parametrize("who", ["commissioner", "leader"])
def test_all_three_parts_are_required(
    cast: Cast, entrants: list[Entrant], part: str, who: str
) -> None:
    with pytest.raises(RefusedError, match="三个部分都要写"):
        finish_comment(entrants[0], {**PARTS, part: " "}, actor=cast.actor(who))
    entrants[0].comment.refresh_from_db()
    assert entrants[0].comment.good == ""


def test_an_unfinished_comment_may_wait(cast: Cast, entrants: list[Entrant]) -> None:
    comment = save_comment(entrants[0], {"good": "走访扎实"}, actor=cast.actor("commissioner"))
    assert comment.state == CommentState.DRAFT


def test_a_changed_text_loses_its_approval(cast: Cast, entrants: list[Entrant]) -> None:
    finish_comment(entrants[0], PARTS, actor=cast.actor("leader"))
    changed = {**PARTS, "good": "另一种说法"}
    comment = finish_comment(entrants[0], changed, actor=cast.actor("commissioner"))
    assert comment.state == CommentState.READY
    assert comment.approved_by is None


def test_nobody_approves_or_overwrites_a_text_they_did_not_see(
    cast: Cast, browse: Callable[[str], Client], entrants: list[Entrant], review: Review
) -> None:
    finish_comment(entrants[0], PARTS, actor=cast.actor("commissioner"))
    page = f"/reviews/{review.public_id}/comments/{entrants[0].public_id}/"
    seen = Comment.objects.get(entrant=entrants[0]).digest
    assert f'value="{seen}"' in browse("leader").get(page).content.decode()
    changed = PARTS | {"lacking": "台账是补的"}
    finish_comment(entrants[0], changed, actor=cast.actor("commissioner"), seen=seen)
    refused = browse("leader").post(f"{page}approve/", {"seen": seen}, follow=True)
    assert "刚被改过" in refused.content.decode()
    typed = PARTS | {"good": "另一种说法", "problems": "", "seen": seen}
    kept = browse("leader").post(page, typed)
    assert kept.status_code == 422
    assert "台账是补的" in kept.content.decode()
    assert "另一种说法" in kept.content.decode()
    comment = Comment.objects.get(entrant=entrants[0])
    assert (comment.lacking, comment.state) == ("台账是补的", CommentState.READY)
    browse("leader").post(f"{page}approve/", {"seen": comment.digest})
    assert Comment.objects.get(entrant=entrants[0]).state == CommentState.APPROVED


def test_named_problems_join_the_list_once(cast: Cast, entrants: list[Entrant]) -> None:
    leader = cast.actor("leader")
    for _again in range(2):
        finish_comment(entrants[0], PARTS, problems=["台账不全", " "], actor=leader)
    problem = Problem.objects.get()
    assert (problem.text, problem.source) == ("台账不全", ProblemSource.COMMENT)
    assert problem.owner == "书记1"
    seen = Comment.objects.get(entrant=entrants[0]).digest
    finish_comment(entrants[0], PARTS, problems=["会议少开"], actor=leader)
    assert Comment.objects.get(entrant=entrants[0]).digest != seen, "who approves sees it too"


@pytest.mark.parametrize("part", ["secretary1", "desk", "inspector", "outsider"])
def test_nobody_else_comments(cast: Cast, entrants: list[Entrant], part: str) -> None:
    with pytest.raises(ForbiddenError):
        save_comment(entrants[0], PARTS, actor=cast.actor(part))
    assert not Comment.objects.exclude(good="").exists()


def test_the_commissioner_does_not_approve(cast: Cast, entrants: list[Entrant]) -> None:
    comment = finish_comment(entrants[0], PARTS, actor=cast.actor("commissioner"))
    with pytest.raises(ForbiddenError):
        approve_comment(comment, actor=cast.actor("commissioner"))
