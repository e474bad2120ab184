"""Fixtures that every part of the suite shares."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.cast import Cast, build_cast

# Here, because a plugin named on the command line is read before pytest-django and loses to it.
from tests.infra.fixtures import django_db_modify_db_settings

__all__ = ["django_db_modify_db_settings"]


@pytest.fixture(autouse=True)
def private_folders(settings: LazySettings, tmp_path: Path) -> None:
    """Keys and files of a test go to a folder of its own."""
    settings.KEYS_ROOT = tmp_path / "keys"
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def cast(db: None) -> Cast:
    """The fixed cast, in the database of this test."""
    return build_cast()


@pytest.fixture
def browse(cast: Cast) -> Callable[[str], Client]:
    """Return a client logged in as a part: `browse("commissioner").get(...)`."""

    def as_part(part: str) -> Client:
        client = Client()
        client.force_login(cast.account(part), "shuzhi.kernel.backends.AccountBackend")
        return client

    return as_part
