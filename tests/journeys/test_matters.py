"""A notice from issue to closing: answered on a phone with a photo, failed, put right, passed."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from http import HTTPStatus
from random import Random
from zlib import compress, crc32

from playwright.sync_api import Page, expect

from tests.infra.browser import Windows
from tests.infra.site import Site

from .hall import Office, press

Axe = Callable[[Page], None]
PREPARE = """
from shuzhi.catalogue.queries import offered_to
from shuzhi.catalogue.services import offer
from shuzhi.kernel.access import SYSTEM
from shuzhi.kernel.models import Account
from shuzhi.registry.models import Person, Unit
root = Unit.objects.get(parent=None)
for name in ("rectification-notice", "handover-order"):
    if name not in offered_to(root):
        offer(actor=SYSTEM, mechanism=name, unit=root)
owner = Person.objects.get(account__username="secretary01")
print(owner.home.code, Person.objects.get(account__username="inspector").name)
"""
LATE = """
from datetime import timedelta
from django.utils import timezone
from shuzhi.matters.models import Matter, MatterDeadline
found = Matter.objects.get(title="消防通道堆放杂物")
day = timezone.localdate() - timedelta(days=5)
MatterDeadline.objects.filter(matter=found).update(due_on=day, first_due=day, base=day)
Matter.objects.filter(pk=found.pk).update(due=day)
"""


ROUND = """
from django.utils import timezone
from shuzhi.matters.models import DailyRound, Digest
from shuzhi.matters.services.reminding import daily_round
for row in (DailyRound, Digest):  # the worker has done it: let it be morning again
    row.objects.all().delete()
daily_round(timezone.localdate())
"""
SEND_TOO_MUCH = """async () => {  // past the page's own check of sizes
  const form = new FormData(document.querySelector(".matter-form"));
  form.set("result", "公开栏已经更新，制度也定了。");
  form.set("evidence", new File([new Uint8Array(100 * 2 ** 20)], "大.png", {type: "image/png"}));
  const answer = await fetch(location.href, {method: "POST", body: form});
  return [answer.status, await answer.text()];
}"""


def photo() -> bytes:
    """Return a picture (PNG) that is larger than what is sent as it is."""
    width, height = 1200, 900
    row = b"\0" + Random(7).randbytes(width * 3)  # noqa: S311 (noise does not compress)
    rows = b"".join(row[:1] + row[at:] + row[1:at] for at in range(1, height + 1))

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return len(data).to_bytes(4) + body + crc32(body).to_bytes(4)

    head = width.to_bytes(4) + height.to_bytes(4) + bytes((8, 2, 0, 0, 0))
    parts = chunk(b"IHDR", head), chunk(b"IDAT", compress(rows, 0)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def issue(page: Page, kind: str, title: str, unit: str, facts: dict[str, str]) -> None:
    """Open one matter from the page that offers what one can open."""
    page.goto("/matters/new/")
    page.get_by_role("link", name=kind, exact=True).click()
    page.locator("[name=title]").fill(title)
    page.locator("[name=units]").fill(unit)
    for name, value in facts.items():
        field = page.locator(f"[name={name}]")
        if field.first.get_attribute("type") == "radio":
            page.locator(f"[name={name}][value={value}]").check()
        else:
            field.fill(value)
    press(page, "立项")
    expect(page.locator("main")).to_contain_text("已立项")


def find(page: Page, title: str) -> None:
    """Open a matter from the list of what waits for oneself."""
    page.goto("/matters/?f_view=mine")
    page.locator("main").get_by_role("link", name=title).first.click()


def begin(page: Page, step: str) -> None:
    """Open the form of one step, and wait for it."""
    with page.expect_navigation():
        page.locator(".matter-steps").get_by_role("link", name=step, exact=True).click()


def plan(page: Page, due: date) -> None:
    """Say on the phone what will be done: a list with one row."""
    begin(page, "报整改措施")
    for name, value in (("measure", "清理并换新"), ("who", "李四"), ("by_when", due.isoformat())):
        page.locator(f"[name=measures-0-{name}]").fill(value)
    press(page, "报整改措施")


def report(page: Page, result: str) -> None:
    """Say that it is done, with a photograph taken on the spot."""
    begin(page, "改完了，请复检")
    expect(page.locator("[name=result]")).to_have_value("")  # what was sent is no draft any more
    page.locator("[name=result]").fill(result)
    page.locator("[capture]").set_input_files(
        {"name": "现场.png", "mimeType": "image/png", "buffer": photo()}
    )
    expect(page.locator(".matter-chosen")).to_contain_text("现场.jpg")
    expect(page.locator(".matter-chosen img")).to_be_visible()


def inspect(page: Page, title: str, step: str, finding: str, today: date) -> None:
    find(page, title)
    begin(page, step)
    page.locator("[name=inspected_on]").fill(today.isoformat())
    page.locator("[name=finding]").fill(finding)
    press(page, step)
    expect(page.locator("main")).to_contain_text("已办理")


def test_a_notice_is_answered_failed_and_passed(
    site: Site, windows: Windows, axe: Callable[[Page], None]
) -> None:
    unit, inspector = site.python(PREPARE).split()
    office = Office(site, windows)
    today = date.today()  # noqa: DTZ011 (what the browser's own calendar would give)
    due = today + timedelta(days=20)
    title = "公开栏半年没有更新"

    town = office.desktop("commissioner")
    facts = {"problem": "公开内容停在上半年。", "mode": "by_date", "due_on": due.isoformat()}
    issue(town, "整改通知书", title, unit, facts | {"party-inspector": inspector})
    expect(town.locator("main")).to_contain_text("现在轮到")
    axe(town)
    with town.expect_download() as paper:
        town.get_by_role("link", name=re.compile("下载整改通知书")).click()
    assert paper.value.suggested_filename.endswith(".docx")

    phone = office.phone("secretary01")
    find(phone, title)
    axe(phone)
    plan(phone, due)
    report(phone, "已经换新，并定专人每月五日更新。")
    axe(phone)
    phone.reload()  # the battery ran out: words and photograph are still on the phone
    expect(phone.locator("[name=result]")).to_have_value("已经换新，并定专人每月五日更新。")
    expect(phone.locator(".matter-chosen")).to_contain_text("现场.jpg")
    press(phone, "改完了，请复检")
    expect(phone.locator("main")).to_contain_text("现在轮到")
    expect(phone.locator(".matter-attached")).to_contain_text("现场.jpg")

    watcher = office.desktop("inspector")
    inspect(watcher, title, "复检不通过，重新整改", "只换了一半。", today)
    axe(watcher)
    find(phone, title)
    expect(phone.locator("main")).to_contain_text("第 2 轮")
    report(phone, "另一半也换了，照片为证。")
    press(phone, "改完了，请复检")
    inspect(watcher, title, "复检通过，销号", "全部换新，属实。", today)
    expect(watcher.locator("main")).to_contain_text("办结了")
    expect(watcher.locator(".matter-story")).to_contain_text("只换了一半。")


def test_what_is_overdue_reaches_the_level_above(
    site: Site, windows: Windows, axe: Callable[[Page], None]
) -> None:
    unit, _inspector = site.python(PREPARE).split()
    office = Office(site, windows)
    town, phone = office.desktop("commissioner"), office.phone("secretary01")
    due = (date.today() + timedelta(days=20)).isoformat()  # noqa: DTZ011 (as above)
    facts = {"problem": "杂物堵住了通道。", "mode": "by_date", "due_on": due}
    issue(town, "整改通知书", "消防通道堆放杂物", unit, facts)
    site.python(LATE)
    town.goto("/matters/")
    town.get_by_role("link", name=re.compile("已经逾期")).click()
    expect(town.locator("#list")).to_contain_text("已逾期 5 天")
    axe(town)

    site.python(ROUND)  # the grace of three days is over: the level above is told
    town.goto("/")
    late = town.get_by_role("listitem").filter(has_text="消防通道堆放杂物")
    expect(late).to_contain_text("已报给您")
    late.get_by_role("link").click()
    expect(town.locator(".matter-story")).to_contain_text("逾期报上级")
    press(town, "催办")
    expect(town.locator("main")).to_contain_text("催办过")
    phone.goto("/")
    expect(phone.locator("section.sz-duties").first).to_contain_text("消防通道堆放杂物")
    expect(phone.locator("section.sz-duties h2").first).to_have_text("被催办的")
    axe(phone)
    phone.goto("/matters/digests/")
    expect(phone.locator("main")).to_contain_text("每天早上写一次")
    axe(phone)


def test_a_hundred_megabytes_leave_nothing_behind(site: Site, windows: Windows) -> None:
    unit, _inspector = site.python(PREPARE).split()
    office = Office(site, windows)
    due = (date.today() + timedelta(days=9)).isoformat()  # noqa: DTZ011 (as above)
    facts = {"source": "inspection", "requirement": "十天内补齐", "due_on": due}
    issue(office.desktop("commissioner"), "党建工作交办单", "一百兆的文件", unit, facts)
    page = office.desktop("secretary01")
    find(page, "一百兆的文件")
    begin(page, "签收")
    press(page, "签收")
    begin(page, "报告办结")
    before = site.kept()
    windows.forgive("413")
    status, text = page.evaluate(SEND_TOO_MUCH)
    assert status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "60 MB" in text
    assert site.kept() == before, "nothing is kept, no file left behind"
    page.reload()
    expect(page.get_by_role("heading", name="报告办结")).to_be_visible()


def test_without_a_signal_nothing_is_lost(site: Site, windows: Windows) -> None:
    unit, _inspector = site.python(PREPARE).split()
    office = Office(site, windows)
    due = (date.today() + timedelta(days=9)).isoformat()  # noqa: DTZ011 (as above)
    town = office.desktop("commissioner")
    facts = {"source": "inspection", "requirement": "十天内补齐", "due_on": due}
    issue(town, "党建工作交办单", "会议记录不全", unit, facts)
    phone = office.phone("secretary01")
    find(phone, "会议记录不全")
    begin(phone, "签收")
    phone.locator("[name=contact]").fill("王五")
    phone.context.set_offline(True)
    phone.get_by_role("button", name="签收").click()
    expect(phone.locator("form.matter-form")).to_contain_text("现在没有网络")
    phone.context.set_offline(False)
    press(phone, "签收")
    expect(phone.locator("main")).to_contain_text("王五")
