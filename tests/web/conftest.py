"""One thing of every kind, built once a module: addresses that name one are asked with it."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.appraisal.stage import for_a_module
from tests.web.access.scene import Scene, build_scene


@pytest.fixture(scope="module")
def scene(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Scene]:
    """Build the scene once a module; each test rolls its own part back."""
    with for_a_module(tmp_path_factory.mktemp("scene"), django_db_blocker):
        yield build_scene()
