"""Draw the documents' pictures anew from the demo county: `python scripts/pictures.py`."""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from playwright.sync_api import Page, ViewportSize  # noqa: E402 (the project's root comes first)

from tests.infra import browser  # noqa: E402
from tests.infra.site import Site  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
DESK: ViewportSize = {"width": 1366, "height": 900}


def sign_in(page: Page, username: str) -> None:
    """Log in as one of the demo's people."""
    page.goto("/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill("shuzhi-demo")
    page.get_by_role("button", name="登录").click()
    page.wait_for_load_state("networkidle")


def draw(page: Page) -> None:
    """Take the picture of last year's ranking with its uncertainty."""
    sign_in(page, "commissioner")
    page.goto("/reviews/results/")
    page.locator("main tbody a").first.click()
    page.wait_for_load_state("networkidle")
    page.locator("[data-chart] canvas, [data-chart] svg").first.wait_for()
    page.locator(".ap-picture").first.screenshot(path=PICTURES / "results.png")


def main() -> None:
    """Serve a demo county of its own and draw."""
    path = browser.program()
    if path is None:
        sys.exit("Chromium is absent (Debian: apt-get install chromium-headless-shell)")
    with tempfile.TemporaryDirectory() as folder, browser.launched(path) as chromium:
        site = Site(Path(folder) / "var")
        site.shuzhi("demo")
        site.start()
        try:
            context = chromium.new_context(base_url=site.url, locale="zh-CN", viewport=DESK)
            draw(context.new_page())
        finally:
            site.stop()


if __name__ == "__main__":
    main()
