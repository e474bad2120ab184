"""A stranger starts the demo and finds the door: it opens, on a laptop and on a phone."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from shuzhi.web.demo.people import PARTS
from tests.infra.browser import Windows, axe_faults, too_wide
from tests.infra.site import Site

from .hall import sign_in, try_to_sign_in

COUNT = "from shuzhi.registry.models import Unit; print(Unit.objects.count())"


NAMES = """
import json
from django.utils import timezone
from shuzhi.appraisal.models import Review
from shuzhi.kernel.models import Account, Job
from shuzhi.registry.models import Person
owner = Account.objects.get(username="commissioner")
home = Person.objects.get(account=owner).home
review = Review.objects.filter(unit=home).order_by("-year").first()
job = Job.objects.create(kind="log.verify", title="核验存证记录", owner=owner, state="done", done=1,
    total=1, finished_at=timezone.now(), result={"message": "核验完毕，没有发现改动。"})
print(json.dumps({"review": review.public_id, "entrant": review.entrants.first().public_id,
    "gathering": review.gathering.public_id, "job": job.public_id}))
"""
REVIEW = ("plan", "reporters", "reporters/{entrant}", "figures", "scheme", "reports", "comments")
PAGES = {  # those that no story stays on
    "commissioner": (
        "/reviews/new/",
        *(f"/reviews/{{review}}/{page}/" for page in REVIEW),
        "/system/jobs/",
        "/system/jobs/{job}/",
        "/matters/",
        "/matters/new/",
        "/matters/new/rectification-notice/",
        "/matters/board/rectification-notice/",
        "/matters/county/",
        "/matters/digests/",
    ),
    "leader": ("/reviews/{review}/approvals/",),
    "desk": ("/gatherings/", "/gatherings/{gathering}/"),
}
WIDTHS = ({"width": 1280, "height": 800}, {"width": 390, "height": 844})


def faults_at_both_widths(page: Page) -> list[str]:
    """Return what is wrong with a page for a screen reader, and what sticks out on the right."""
    found = []
    for size in WIDTHS:
        page.set_viewport_size(size)
        found += [f"{page.url} {size['width']}: {fault}" for fault in axe_faults(page)]
        found += [f"{page.url} {size['width']}: {fault}" for fault in too_wide(page)]
    return found


def test_every_demo_role_gets_in_and_finds_sound_pages(site: Site, windows: Windows) -> None:
    names = json.loads(site.python(NAMES))
    found = []
    for part in PARTS:
        page = windows.desktop(site.url)
        sign_in(page, part.username)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert "login" not in page.url
        found += faults_at_both_widths(page)
        for address in PAGES.get(part.username, ()):
            answer = page.goto(address.format(**names))
            assert answer is not None
            assert answer.ok, f"{answer.status} {address}"
            found += faults_at_both_widths(page)
        page.context.close()
    assert not found, "\n".join(found)


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
