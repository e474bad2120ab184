"""Pytest plugin, loaded before Django's settings: which database, where files go, what is absent.

`SHUZHI_TEST_DB=postgres` runs on a PostgreSQL that the controller starts itself and stops at the
end; otherwise on SQLite files. Every process has a runtime folder of its own, and none of them
is the developer's.
"""

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from . import postgres
from .needs import ABSENT

pytest_plugins = ["tests.infra.fixtures"]
MARKERS = (
    "journey: a story told in a real browser (set by its folder)",
    "unit: needs no database, no server and no browser (set by its fixtures)",
    "every_database: a journey that is told on PostgreSQL as well",
    "only(vendor): what only this database has (sqlite or postgresql)",
)
NO_UNIT = {"db", "make_site", "demo_template", "served", "chromium"}
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
VENDOR = "postgresql" if os.environ.get("SHUZHI_TEST_DB") == "postgres" else "sqlite"
SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # Java ends before more would pay
_servers: list[postgres.Server] = []
_folders: list[Path] = []


def _prepare() -> None:
    """Set what settings read from the environment; workers inherit it from the controller."""
    if WORKER:
        os.environ["SHUZHI_VAR"] = str(Path(os.environ["SHUZHI_VAR"]) / WORKER)
        return
    folder = Path(tempfile.mkdtemp(prefix="shuzhi-test-"))
    _folders.append(folder)
    os.environ["SHUZHI_VAR"] = str(folder)
    os.environ.setdefault("JAVA_TOOL_OPTIONS", SHORT_LIVED)
    os.environ.pop("DATABASE_URL", None)
    if VENDOR == "postgresql":
        if postgres.binaries() is None:
            raise pytest.UsageError(ABSENT["postgres"])
        _servers.append(postgres.start())
        os.environ["DATABASE_URL"] = _servers[0].url()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, object, object]:
    """Prepare before pytest-django reads the settings."""
    _prepare()
    return (yield)


def pytest_configure(config: pytest.Config) -> None:
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)


def pytest_unconfigure() -> None:
    """Stop what this process started and remove what it made."""
    while _servers:
        _servers.pop().stop()
    while _folders:
        shutil.rmtree(_folders.pop(), ignore_errors=True)


def pytest_report_header() -> str:
    return f"database: {VENDOR}"


def _belongs(item: pytest.Item) -> bool:
    """Say whether this session's database has anything to do with the test."""
    only = item.get_closest_marker("only")
    if only and VENDOR not in only.args:
        return False
    if VENDOR == "sqlite":
        return True
    if item.get_closest_marker("journey"):
        return item.get_closest_marker("every_database") is not None
    return "db" in _fixtures(item) or item.get_closest_marker("django_db") is not None


def _fixtures(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


def _is_unit(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is None and not NO_UNIT & _fixtures(item)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark journeys and units; keep on PostgreSQL what touches the database."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker("journey")
        elif _is_unit(item):
            item.add_marker("unit")
    kept = [item for item in items if _belongs(item)]
    if dropped := [item for item in items if item not in set(kept)]:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept
