"""Debian's Chromium through playwright; a page that complains or calls elsewhere fails its test."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP hall.test 127.0.0.1",  # no secure context, as on a hotspot
)
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
LOCAL = {"127.0.0.1", "localhost", "hall.test"}
AXE = Path(__file__).resolve().parents[2] / "src/shuzhi/web/assets/vendor/axe/axe.min.js"
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.body.querySelectorAll("*")]
    .filter(element => element.getBoundingClientRect().right > width + 1);
  return wide.slice(0, 3).map(element => `sticks out: ${element.outerHTML.slice(0, 160)}`);
}"""
SERIOUS = {"serious", "critical"}
# Nobody presses a key before a page's deferred scripts have run; a machine would.
MARK = "addEventListener('DOMContentLoaded', () => { document.documentElement.dataset.ran = '' })"


def program() -> str | None:
    """Return the browser's path, or None where there is none."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


@contextmanager
def launched(path: str) -> Iterator[Browser]:
    """Run the browser without a sandbox for root, who has none."""
    # Playwright's loop runs in this thread; Django would take it for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    arguments = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@dataclass
class Windows:
    """The windows of one test: each is a person with cookies of their own."""

    browser: Browser
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)

    def desktop(self, url: str, **options: Any) -> Page:
        """Open a window as large as a laptop's; `url` is the site's address."""
        return self._open(url, DESKTOP | options)

    def phone(self, url: str, **options: Any) -> Page:
        """Open a window as large as a phone's (390 × 844), with touch."""
        return self._open(url, PHONE | options)

    def forgive(self, pattern: str) -> None:
        """Expect complaints that match: a test of a lost signal or of a refusal has them."""
        self.forgiven.append(pattern)

    def _open(self, url: str, options: dict[str, Any]) -> Page:
        context = self.browser.new_context(base_url=url, locale="zh-CN", **options)
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        context.on("console", self._on_console)
        context.on("weberror", lambda fault: self._complain(f"script: {fault.error}"))
        context.on("request", self._on_request)
        context.add_init_script(MARK)
        page = context.new_page()
        page.add_locator_handler(page.locator("html:not([data-ran])"), lambda: None)
        return page

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complain(f"console: {message.text} ({message.location.get('url', '')})")

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in LOCAL:
            self._complain(f"request to another host: {request.url}")

    def _complain(self, text: str) -> None:
        if not any(re.search(pattern, text) for pattern in self.forgiven):
            self.complaints.append(text)

    def pages(self) -> list[Page]:
        """Return the pages that are open."""
        return [page for context in self.contexts for page in context.pages]

    def close(self) -> None:
        """Close all windows."""
        for context in self.contexts:
            context.close()
        self.contexts.clear()


def too_wide(page: Page) -> list[str]:
    """Return what sticks out of the window on the right, where the page must be moved sideways."""
    return list(page.evaluate(TOO_WIDE))


def axe_faults(page: Page) -> list[str]:
    """Return what axe calls serious or critical on the page as it stands, one line each."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}: {node['html'][:160]}"
        for rule in found["violations"]
        if rule["impact"] in SERIOUS
        for node in rule["nodes"]
    ]
