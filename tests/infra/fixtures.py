"""Fixtures of the machinery: database files, fast passwords, served sites, browsers."""

import fcntl
import os
import re
import uuid
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, Page

from . import browser as chromium_browser
from .browser import Windows
from .needs import absent
from .site import ROOT, Site

# A busy machine is no fault of the code: examples have no deadline.
hypothesis_settings.register_profile("patient", deadline=None)
hypothesis_settings.load_profile("patient")


@pytest.fixture(scope="session", autouse=True)
def _quick_clients() -> None:
    """Hash passwords cheaply and read static files when asked for; a served site does neither."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_AUTOREFRESH = True  # else each client reads all of them when it is made


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


def new_database(template: str = "template1") -> str:
    """Make a database on the suite's PostgreSQL and return its address; "" on SQLite."""
    server = os.environ.get("DATABASE_URL", "")
    if not server:
        return ""
    name = f"site_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
    return server.rpartition("/")[0] + f"/{name}"


def shared_folder() -> Path:
    """Return a folder that all processes of this run share."""
    own = Path(os.environ["SHUZHI_VAR"])
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def demo_template() -> Site:
    """The demo county, built once a run and never served: sites are copies of it."""
    folder = shared_folder() / "demo"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        mark = folder / "built"
        if mark.exists():
            return Site(folder, mark.read_text("utf-8"))
        site = Site(folder, new_database())
        site.shuzhi("demo")
        mark.write_text(site.database, "utf-8")
        return site


@pytest.fixture
def make_site(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """Return a maker of sites: `make_site(demo_template)` copies, `make_site()` is empty."""
    made: list[Site] = []

    def make(template: Site | None = None) -> Site:
        var = tmp_path / f"site{len(made)}"
        if template is None:
            site = Site(var, new_database())
        else:
            site = template.copy(var, new_database(template.database.rpartition("/")[2]))
        made.append(site)
        return site

    yield make
    for site in made:
        site.stop()


@pytest.fixture
def site(demo_template: Site, make_site: Callable[..., Site]) -> Site:
    """A served copy of the demo county, this test's own."""
    made = make_site(demo_template)
    made.start()
    return made


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, started once a process."""
    path = chromium_browser.program()
    if path is None:
        absent("chromium")
    with chromium_browser.launched(path) as browser:
        yield browser


@pytest.fixture
def windows(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Windows]:
    """Windows of this test: `windows.phone(site.url)`; it fails if a page complained."""
    opened = Windows(chromium)
    yield opened
    if getattr(request.node, "failed", False):
        _keep_pictures(request.node.name, opened.pages())
    opened.close()
    assert opened.complaints == []


def _keep_pictures(name: str, pages: list[Page]) -> None:
    """Show in .cache/screens what a failed test saw last."""
    stem = re.sub(r"[^-\w]", "_", name)[:60]
    for number, page in enumerate(pages[:8]):
        page.screenshot(path=ROOT / ".cache/screens" / f"{stem}-{number}.png")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Tell fixtures that their test has failed."""
    report = yield
    if report.when == "call":
        item.failed = report.failed  # type: ignore[attr-defined]
    return report


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Return a check of accessibility and of what sticks out of the window: `axe(page)`."""

    def check(page: Page) -> None:
        faults = chromium_browser.axe_faults(page) + chromium_browser.too_wide(page)
        assert not faults, f"{page.url}\n" + "\n".join(faults)

    return check
