"""A stranger starts the demo and finds the door: it opens, on a laptop and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from shuzhi.web.demo.people import PARTS
from tests.infra.browser import Windows
from tests.infra.site import Site

from .hall import sign_in, try_to_sign_in

COUNT = "from shuzhi.registry.models import Unit; print(Unit.objects.count())"


def test_every_demo_role_gets_in(site: Site, windows: Windows, axe: Callable[[Page], None]) -> None:
    for number, part in enumerate(PARTS):
        page = (windows.phone if number % 2 else windows.desktop)(site.url)
        sign_in(page, part.username)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert "login" not in page.url
        axe(page)
        page.context.close()


def test_a_stranger_is_told_so(site: Site, windows: Windows, axe: Callable[[Page], None]) -> None:
    page = windows.desktop(site.url)
    windows.forgive("422|403|400")
    try_to_sign_in(page, PARTS[0].username, "wrong-password")
    expect(page.get_by_role("alert")).to_be_visible()
    axe(page)


@pytest.mark.every_database
def test_a_site_comes_back_after_a_power_cut(site: Site) -> None:
    before = site.python(COUNT)
    site.kill()
    assert not site.answers()
    site.start()
    assert site.python(COUNT) == before
    assert int(before) > 450
