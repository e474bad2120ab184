"""Fixtures of the machinery: database files, fast passwords, served sites, browsers."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> None:
    """Hash passwords cheaply in this process; a served site keeps the real hasher."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> None:
    """Keep SQLite's test database in a file: an attacker reads files, and so do our tests."""
    database = connections["default"].settings_dict
    if "sqlite" in database["ENGINE"]:
        folder = Path(os.environ["SHUZHI_VAR"])
        folder.mkdir(parents=True, exist_ok=True)
        database["TEST"]["NAME"] = str(folder / "test.sqlite3")
        careless = database["OPTIONS"]["init_command"].replace("=FULL", "=OFF")
        database["OPTIONS"]["init_command"] = careless
