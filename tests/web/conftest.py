"""One thing of every kind, built once a module: addresses that name one are asked with it."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.web.access.scene import Scene, build_scene


@pytest.fixture(scope="module")
def scene(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Scene]:
    """Build the scene once a module; each test rolls its own part back."""
    root = tmp_path_factory.mktemp("scene")
    folders = {"KEYS_ROOT": root / "keys", "FILES_ROOT": root / "files"}
    with django_db_blocker.unblock(), override_settings(**folders), transaction.atomic():
        yield build_scene()
        transaction.set_rollback(True)
