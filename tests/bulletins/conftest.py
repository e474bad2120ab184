"""A scored review, a published one, and bulletins on their way."""

from collections.abc import Iterator
from datetime import date

import pytest
from pytest_django import DjangoDbBlocker

from shuzhi.appraisal.models import Entrant, Review
from shuzhi.appraisal.services import comments, deciding, problems
from shuzhi.bulletins import services
from shuzhi.bulletins.models import Bulletin
from tests.appraisal.stage import Stage, cast, hold, scored, staged
from tests.cast import Cast

__all__ = ["cast", "scored"]


def comment_on(cast: Cast, entrant: Entrant) -> None:
    """Comment on a reporter and list one problem."""
    parts = {"good": "抓得实。", "lacking": f"{entrant.unit.code}的不足。", "direction": "再深入。"}
    named = [f"{entrant.unit.code}的问题"]
    comment = comments.save_comment(
        entrant, parts, actor=cast.actor("commissioner"), problems=named
    )
    comments.approve_comment(comment, actor=cast.actor("leader"))
    problem = entrant.problems.get()
    problems.edit_problem(
        problem,
        actor=cast.actor("commissioner"),
        text=problem.text,
        owner="责任人",
        due=date(2027, 3, 31),
    )
    problems.move_problem(problem, "confirm", actor=cast.actor("commissioner"))


def _hold(cast: Cast) -> Review:
    """Prepare, hold, seal, score and comment on a review."""
    review = hold(cast)
    for entrant in review.entrants.select_related("unit", "person", "review"):
        comment_on(cast, entrant)
    return review


@pytest.fixture(scope="module")
def stage(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:
    """Hold the meeting once a module: scoring takes seconds. Each test rolls its own part back."""
    with staged(tmp_path_factory.mktemp("bulletins"), django_db_blocker, _hold) as made:
        yield made


@pytest.fixture
def decided(cast: Cast, scored: Review) -> Review:
    return deciding.decide_grades(scored, {}, actor=cast.actor("commissioner"))


@pytest.fixture
def published(cast: Cast, decided: Review) -> Review:
    return deciding.publish_review(decided, actor=cast.actor("leader"))


@pytest.fixture
def draft(cast: Cast, published: Review) -> Bulletin:
    """Begun by the commissioner."""
    return services.begin_bulletin(published, actor=cast.actor("commissioner"))


@pytest.fixture
def checked(cast: Cast, draft: Bulletin) -> Bulletin:
    """Offered by the commissioner, checked by the county's organiser."""
    services.offer_bulletin(draft, actor=cast.actor("commissioner"))
    return services.check_bulletin(draft, actor=cast.actor("organiser"))


@pytest.fixture
def issued(cast: Cast, checked: Bulletin) -> Bulletin:
    """Issued by the leader, its files kept."""
    services.issue_bulletin(checked, actor=cast.actor("leader"))
    return services.file_documents(checked, actor=cast.actor("leader"))
