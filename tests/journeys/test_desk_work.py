"""What people at a desk rely on: nothing typed is lost, nobody is thrown out unwarned."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.infra.browser import Windows
from tests.infra.site import Site

from .hall import Office, press, sign_in

OWN = "secretary21"  # has not begun the report
TEXT = "走访了片区里的每一户，意见逐条登记，能办的当月办完。"
MORE = "办不了的说明了原因。"
MINUTE = 60_000


@pytest.fixture
def office(site: Site, windows: Windows) -> Office:
    return Office(site, windows)


def editor(office: Office, page: Page | None = None) -> Page:
    """Open the own report as its secretary does from the work list."""
    page = page or office.desktop(OWN)
    page.goto("/")
    page.get_by_role("link", name=re.compile("述职报告")).first.click()
    expect(page.locator(".ap-section")).to_have_count(10)
    return page


def boxes(page: Page) -> list[str]:
    return [box.input_value() for box in page.locator(".ap-section textarea").all()[:2]]


def test_a_report_saves_itself_and_counts_what_is_missing(office: Office) -> None:
    page = editor(office)
    expect(page.locator("[data-left]")).to_have_text(re.compile("还没有写的部分：10"))
    page.locator(".ap-section textarea").first.fill(TEXT)
    expect(page.locator("[data-left]")).to_have_text(re.compile("还没有写的部分：9"))
    expect(page.locator("[data-saving]")).to_contain_text("已保存")
    page.reload()
    assert boxes(page) == [TEXT, ""]


def test_what_could_not_be_sent_stays_on_the_device(office: Office) -> None:
    office.windows.forgive("ERR_FAILED|Failed to fetch")
    page = editor(office)
    page.on("dialog", lambda dialog: dialog.accept())  # the page asks before it is left
    page.route("**/save/", lambda route: route.abort())
    page.locator(".ap-section textarea").first.fill(TEXT)
    expect(page.locator("[data-saving]")).to_contain_text("文字已留在本机")
    page.reload()
    assert boxes(page) == [TEXT, ""]
    page.unroute("**/save/")
    expect(page.locator("[data-saving]")).to_contain_text("已保存", timeout=10_000)
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('report'))") == []


def test_back_in_reach_it_is_sent_by_itself(office: Office) -> None:
    office.windows.forgive("ERR_INTERNET_DISCONNECTED|Failed to fetch")
    page = editor(office)
    page.context.set_offline(True)
    page.locator(".ap-section textarea").first.fill(TEXT)
    expect(page.locator("[data-saving]")).to_contain_text("文字已留在本机")
    page.context.set_offline(False)
    expect(page.locator("[data-saving]")).to_contain_text("已保存", timeout=10_000)
    page.reload()
    assert boxes(page) == [TEXT, ""]


def test_two_windows_never_overwrite_each_other(office: Office) -> None:
    office.windows.forgive("409")
    one, other = editor(office), editor(office, office.desktop(OWN))
    one.locator(".ap-section textarea").first.fill(TEXT)
    expect(one.locator("[data-saving]")).to_contain_text("已保存")
    other.locator(".ap-section textarea").first.fill(MORE)
    expect(other.locator(".ap-conflict").first).to_contain_text(TEXT)
    other.get_by_role("button", name="以我写的为准").click()
    expect(other.locator("[data-saving]")).to_contain_text("已保存")
    other.reload()
    assert boxes(other)[0] == MORE
    expect(other.locator("main")).to_contain_text("被替换的文字")


def test_silence_is_warned_about_and_an_answer_keeps_one_in(office: Office) -> None:
    page = office.windows.desktop(office.site.url)
    page.clock.install()
    sign_in(page, "commissioner")
    page.clock.run_for(28 * MINUTE)
    dialog = page.get_by_role("dialog", name="您还在吗？")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button", name="继续使用")).to_be_focused()
    with page.expect_response("**/alive/") as renewed:
        page.keyboard.press("Enter")
    assert renewed.value.status == 204
    expect(dialog).to_be_hidden()
    page.clock.run_for(27 * MINUTE)
    expect(dialog).to_be_hidden()


def test_who_stays_silent_finds_the_page_and_the_text_again(office: Office) -> None:
    page = office.windows.desktop(office.site.url)
    page.clock.install()
    sign_in(page, "leader")
    page.goto("/reviews/")
    page.get_by_role("link", name=re.compile("述职评议")).first.click()
    page.get_by_role("link", name="领导点评").click()
    page.locator("main tbody a").first.click()
    page.locator("[name=good]").fill(TEXT)
    here = page.url
    page.clock.run_for(31 * MINUTE)
    expect(page).to_have_url(re.compile("/login/"))
    expect(page.locator("main")).to_contain_text("已自动退出")
    page.locator("[name=username]").fill("leader")
    page.locator("[name=password]").fill("shuzhi-demo")
    press(page, "登录")
    assert page.url == here
    expect(page.locator("[name=good]")).to_have_value(TEXT)
    expect(page.locator("main")).to_contain_text("已恢复您上次没有保存的内容")


def test_column_widths_are_remembered(office: Office) -> None:
    page = office.desktop("commissioner")
    page.goto("/registry/people/")
    head = page.locator("th[data-key]").first
    handle = head.locator(".sz-grip")
    handle.focus()
    before = int(head.evaluate("head => head.offsetWidth"))
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    wide = int(head.evaluate("head => head.offsetWidth"))
    assert wide == before + 5 * 16
    page.reload()
    assert int(head.evaluate("head => head.offsetWidth")) == wide
    box = handle.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 4, box["y"] + 4)
    page.mouse.down()
    page.mouse.move(box["x"] - 60, box["y"] + 4)
    page.mouse.up()
    narrow = int(head.evaluate("head => head.offsetWidth"))
    assert narrow < wide
    page.goto("/registry/people/?q=x")
    page.goto("/registry/people/")
    assert int(head.evaluate("head => head.offsetWidth")) == narrow


def test_a_phone_folds_its_navigation_away(office: Office) -> None:
    page = office.phone("commissioner")
    expect(page.locator("#cycle")).to_be_hidden()
    page.get_by_role("button", name="菜单").click()
    cycle = page.locator("#cycle")
    cycle.locator("summary", has_text="考核结果").click()
    cycle.get_by_role("link", name="考核结果").click()
    expect(page.locator("h1")).to_contain_text("考核结果")


def test_without_scripts_the_pages_still_work(site: Site, chromium: Browser) -> None:
    context = chromium.new_context(base_url=site.url, java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    sign_in(page, "commissioner")
    page.goto("/reviews/")
    expect(page.locator("#cycle")).to_be_visible()
    page.get_by_role("link", name=re.compile("述职评议")).first.click()
    expect(page.locator("main")).to_contain_text("下一步")
    context.close()
