"""The browser's watch finds what it is there to find."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from .browser import Windows

HERE = "http://127.0.0.1:9"


@pytest.fixture
def watched(chromium: Browser) -> Windows:
    """Windows whose complaints the test reads itself."""
    return Windows(chromium)


def _shows(windows: Windows, html: str) -> Page:
    page = windows.phone(HERE)
    page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto("/")
    return page


def test_a_request_to_another_host_is_a_complaint(watched: Windows) -> None:
    _shows(watched, "<script src='http://cdn.example/x.js'></script>")
    watched.close()
    assert any("another host" in complaint for complaint in watched.complaints)


def test_an_error_of_a_script_is_a_complaint_unless_forgiven(watched: Windows) -> None:
    page = _shows(watched, "<p>")
    page.evaluate("console.error('first')")
    watched.forgive("second")
    page.evaluate("console.error('second')")
    watched.close()
    assert [complaint.split(" (")[0] for complaint in watched.complaints] == ["console: first"]


def test_axe_finds_a_picture_without_words(watched: Windows, axe: Callable[[Page], None]) -> None:
    head = "<!doctype html><html lang='zh'><title>页</title><main><h1>题</h1>"
    page = _shows(watched, f"{head}<img src='data:,'></main>")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)
    axe(_shows(watched, f"{head}</main>"))
    watched.close()


def test_a_phone_is_a_phone(watched: Windows) -> None:
    page = _shows(watched, "<p>")
    assert page.evaluate("navigator.maxTouchPoints") > 0
    assert page.viewport_size == {"width": 390, "height": 844}
    watched.close()
