"""A review held and scored once a module: scoring takes seconds, each test rolls its part back.

A module that starts from there imports these fixtures by name; `cast` replaces the usual one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from shuzhi.appraisal.models import Review
from shuzhi.appraisal.services.preparing import invite_reports, prepare_review
from tests.cast import YEAR, Cast, build_cast

from . import story
from .conftest import PLAN
from .sample import TEMPLATES


@dataclass(frozen=True)
class Stage:
    """What a module's tests start from."""

    cast: Cast
    review: Review
    folders: dict[str, Path]


@contextmanager
def for_a_module(folder: Path, blocker: DjangoDbBlocker) -> Iterator[dict[str, Path]]:
    """Let a module build rows that are rolled back at its end, with keys and files in `folder`."""
    folders = {"KEYS_ROOT": folder / "keys", "FILES_ROOT": folder / "files"}
    with blocker.unblock(), override_settings(**folders), transaction.atomic():
        yield folders
        transaction.set_rollback(True)


@contextmanager
def staged(
    folder: Path, blocker: DjangoDbBlocker, hold: Callable[[Cast], Review]
) -> Iterator[Stage]:
    """Build the cast and hold a review in a transaction that is rolled back at the end."""
    with for_a_module(folder, blocker) as folders:
        cast = build_cast()
        yield Stage(cast, hold(cast), folders)


def hold(cast: Cast) -> Review:
    """Prepare, hold, seal and score a review."""
    actor = cast.actor("commissioner")
    review = prepare_review(actor=actor, unit=cast.town, year=YEAR, plan=PLAN, source=TEMPLATES)
    story.score(cast, invite_reports(review, actor=actor))
    return review


@pytest.fixture(scope="module")
def stage(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:
    """The review, held once a module."""
    with staged(tmp_path_factory.mktemp("stage"), django_db_blocker, hold) as made:
        yield made


@pytest.fixture
def cast(stage: Stage, db: None, settings: LazySettings) -> Cast:
    """The fixed cast, whose meeting has been held."""
    for name, folder in stage.folders.items():
        setattr(settings, name, folder)
    return stage.cast


@pytest.fixture
def scored(cast: Cast, stage: Stage) -> Review:
    """The scored review, read anew."""
    return Review.objects.select_related("unit", "poll", "gathering").get(pk=stage.review.pk)
