"""A rater with a phone: scan, mark, lose the signal, come back, submit once, keep a receipt."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.infra.browser import Windows
from tests.infra.site import Site
from tests.journeys.polls import CHOICES, NUMBERS, OVERALL, TOPICS, open_poll

HEIGHT = 844
SCREENS = 30
Axe = Callable[[Page], None]


def do(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def start(page: Page, address: str) -> None:
    page.goto(address)
    do(page, "开始填写")


def choose(page: Page, mark: str = "好") -> None:
    expect(page.locator("[data-screen=card]")).to_be_visible()
    for label in page.locator("[data-screen=card] label", has_text=re.compile(f"^{mark}$")).all():
        label.click()


def fill(page: Page) -> None:
    """Give a mark on every item of the card in view, whatever the control."""
    numbers = page.locator("[data-screen=card] input[type=number]").all()
    for number in numbers:
        number.fill("91")
    if not numbers:
        choose(page)


def screens(page: Page) -> int:
    """Return how many screens high the page in view is."""
    height = int(page.evaluate("document.documentElement.scrollHeight"))
    return -(-height // HEIGHT)


@pytest.mark.parametrize(
    ("items", "scale"),
    [
        ([OVERALL], CHOICES),
        ([*TOPICS, OVERALL], CHOICES),
        ([OVERALL], NUMBERS),
        ([*TOPICS, OVERALL], NUMBERS),
    ],
    ids=["overall", "topics", "overall-numbers", "topics-numbers"],
)
def test_a_rater_gets_through_in_few_screens(
    site: Site, windows: Windows, axe: Axe, items: list[Any], scale: dict[str, Any]
) -> None:
    poll = open_poll(site, items=items, scale=scale)
    page = windows.phone(site.url)
    page.goto(poll.address("B"))
    seen = screens(page)
    axe(page)
    do(page, "开始填写")
    page.locator("#own").select_option("S05")
    seen += screens(page)
    axe(page)
    do(page, "下一步")
    for number in range(1, 21):
        expect(page.locator("[data-place]")).to_have_text(f"{number} / 20")
        fill(page)
        seen += screens(page)
        if number == 1:
            axe(page)
        do(page, "去提交" if number == 20 else "下一位")
    seen += screens(page)
    axe(page)
    do(page, "提交（只能一次）")
    expect(page.get_by_role("heading", name="已经提交")).to_be_visible()
    axe(page)
    assert seen + screens(page) <= SCREENS
    assert poll.stored() == (1, 1)


@pytest.mark.every_database
def test_what_the_rater_marked_is_what_is_counted(site: Site, windows: Windows) -> None:
    poll = open_poll(site, reporters=3)
    page = windows.phone(site.url)
    start(page, poll.address("A"))
    choose(page, "较好")
    page.locator("summary").click()
    page.get_by_label("意见或建议").fill("多到居民家里走走")
    do(page, "下一位")
    choose(page, "差")
    choose(page, "差")  # pressed again: taken back
    do(page, "全部名单")
    page.get_by_role("button", name="述职人3").click()
    choose(page, "一般")
    do(page, "去提交")
    expect(page.get_by_text("已评 2 位，共 3 位")).to_be_visible()
    do(page, "提交（只能一次）")
    expect(page.get_by_role("heading", name="已经提交")).to_be_visible()
    receipt = page.locator("[data-receipt]").inner_text()
    assert page.evaluate("localStorage.length") == 0
    assert "#" not in page.url
    poll.step("close")
    poll.step("seal")
    marks, remarks = poll.sealed()
    assert [(row[0], row[4]) for row in marks] == [("S01", "较好"), ("S03", "一般")]
    assert remarks == ["多到居民家里走走"]
    page.get_by_role("link", name="封存后查回执").click()
    page.get_by_label("回执号").fill(receipt)
    do(page, "查一查")
    expect(page.get_by_text("您的票已经计入")).to_be_visible()


def test_a_draft_survives_a_reload_a_dead_battery_and_others(site: Site, windows: Windows) -> None:
    poll = open_poll(site, reporters=4)
    address = poll.address("B")
    page = windows.phone(site.url)
    start(page, address)
    page.locator("#own").select_option("S02")
    do(page, "下一步")
    choose(page)
    do(page, "下一位")
    choose(page, "差")
    page.reload()
    expect(page.locator("[data-place]")).to_have_text("2 / 3")
    expect(page.get_by_role("radio", name="差")).to_be_checked()
    other = windows.phone(site.url)  # somebody else submits meanwhile
    start(other, poll.address("A"))
    do(other, "全部名单")
    do(other, "去提交")
    do(other, "提交（只能一次）")
    expect(other.get_by_role("heading", name="已经提交")).to_be_visible()
    again = page.context.new_page()  # the phone was off; the slip is scanned again
    page.close()
    again.goto(address)
    expect(again.locator("[data-place]")).to_have_text("2 / 3")
    expect(again.get_by_role("radio", name="差")).to_be_checked()


def test_a_rater_reads_english_and_loses_nothing(site: Site, windows: Windows, axe: Axe) -> None:
    poll = open_poll(site, reporters=3)
    page = windows.phone(site.url)
    start(page, poll.address("A"))
    choose(page, "较好")
    page.get_by_role("link", name="English").click()
    expect(page.locator("[data-place]")).to_have_text("1 / 3")
    expect(page.get_by_role("radio", name="较好")).to_be_checked()
    expect(page.get_by_text("fairly good")).to_be_visible()
    own = page.locator("body").inner_text()
    for words in ("报告和数据", "全部名单", "下一位", "意见或建议"):
        assert words not in own
    axe(page)
    do(page, "Full list")
    do(page, "Go to submit")
    axe(page)
    do(page, "Submit (only once)")
    expect(page.get_by_role("heading", name="Submitted")).to_be_visible()
    expect(page.get_by_role("link", name="中文")).to_be_hidden()
    assert page.context.cookies() == []
    assert poll.stored() == (1, 1)
    page.get_by_role("link", name="Check receipts").click()
    expect(page.get_by_text("not sealed yet")).to_be_visible()
    expect(page.get_by_role("button", name="简体中文")).to_be_visible()
    page.get_by_role("button", name="简体中文").click()
    expect(page.get_by_text("票箱还没有封存")).to_be_visible()
    windows.forgive("404")  # the browser names an unknown slip's answer
    used = windows.phone(site.url)
    used.goto(f"/p/{poll.public_id}/?lang=en#AAAAAAAAAA")
    do(used, "Start")
    expect(used.locator("[data-screen=start] [data-note]")).to_contain_text("slip")


def test_two_raters_on_a_shared_phone_keep_a_draft_each(site: Site, windows: Windows) -> None:
    poll = open_poll(site, reporters=2)
    page = windows.phone(site.url)
    start(page, poll.address("A"))
    choose(page, "差")
    second = page.context.new_page()
    start(second, poll.address("A"))
    expect(second.get_by_role("radio", name="差")).not_to_be_checked()
    choose(second, "好")
    page.reload()  # and the first one's is still there
    expect(page.get_by_role("radio", name="差")).to_be_checked()


def test_without_signal_one_can_mark_and_submitting_goes_on_by_itself(
    site: Site, windows: Windows
) -> None:
    windows.forgive("ERR_INTERNET_DISCONNECTED")
    poll = open_poll(site, reporters=2)
    page = windows.phone(site.url)
    start(page, poll.address("A"))
    expect(page.locator("[data-place]")).to_be_visible()
    page.context.set_offline(True)
    choose(page)
    do(page, "下一位")
    choose(page)
    do(page, "去提交")
    do(page, "提交（只能一次）")
    expect(page.get_by_text("现在没有信号")).to_be_visible()
    assert poll.stored() == (0, 0)
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="已经提交")).to_be_visible()
    assert poll.stored() == (1, 1)


def test_a_lost_answer_is_asked_for_again_and_counted_once(site: Site, windows: Windows) -> None:
    windows.forgive("ERR_FAILED|ERR_CONNECTION")
    poll = open_poll(site, reporters=1)
    page = windows.phone(site.url)
    start(page, poll.address("A"))
    lost: list[int] = []

    def lose_the_first(route: Any) -> None:
        answer = route.fetch()  # the server has stored the ballot …
        if lost:
            route.fulfill(response=answer)
        else:
            lost.append(answer.status)
            route.abort()  # … but the phone never hears of it

    page.route("**/ballot/*", lose_the_first)
    choose(page)
    do(page, "去提交")
    page.get_by_role("button", name="提交（只能一次）").dblclick()
    expect(page.get_by_role("heading", name="已经提交")).to_be_visible()
    assert lost == [200]
    assert poll.stored() == (1, 1)


def test_reloading_while_submitting_ends_with_the_receipt(site: Site, windows: Windows) -> None:
    windows.forgive("ERR_FAILED|409")
    poll = open_poll(site, reporters=1)
    page = windows.phone(site.url)
    start(page, poll.address("A"))
    choose(page)
    do(page, "去提交")

    def lose(route: Any) -> None:
        route.fetch()
        route.abort()

    page.route("**/ballot/*", lose)
    do(page, "提交（只能一次）")
    expect(page.get_by_text("现在没有信号")).to_be_visible()
    page.unroute("**/ballot/*")
    page.reload()
    expect(page.get_by_role("heading", name="已经提交")).to_be_visible()
    assert poll.stored() == (1, 1)


def test_every_slip_that_is_no_good_gets_a_sentence(site: Site, windows: Windows, axe: Axe) -> None:
    windows.forgive("40[49]")
    poll = open_poll(site, reporters=1)
    early = open_poll(site, reporters=1, open=False)
    page = windows.phone(site.url)
    start(page, early.address("A"))
    expect(page.get_by_text("测评还没有开始")).to_be_visible()
    axe(page)
    start(page, f"/p/{poll.public_id}/#22222AAAAA")
    expect(page.get_by_text("没有找到这张测评票")).to_be_visible()
    page.get_by_label("请输入票上的编号").fill(poll.codes["A"].pop())
    do(page, "开始填写")
    expect(page.locator("[data-place]")).to_be_visible()
    used = poll.address("A")
    start(page, used)
    do(page, "全部名单")
    do(page, "去提交")
    do(page, "提交（只能一次）")
    expect(page.get_by_role("heading", name="已经提交")).to_be_visible()
    start(page, used)
    expect(page.get_by_text("每张票只能用一次")).to_be_visible()
    late = poll.address("A")
    start(page, late)
    expect(page.locator("[data-place]")).to_be_visible()
    poll.step("close")
    do(page, "全部名单")
    do(page, "去提交")
    do(page, "提交（只能一次）")
    expect(page.get_by_text("没有在截止前提交")).to_be_visible()
    assert poll.stored() == (1, 1)
    assert page.evaluate("localStorage.length") == 0


def test_keyboard_and_swipe_do_what_buttons_do(site: Site, windows: Windows) -> None:
    poll = open_poll(site, reporters=2)
    page = windows.phone(site.url)
    page.goto(poll.address("A"))
    page.get_by_role("button", name="开始填写").press("Enter")
    page.get_by_role("radio", name="好", exact=True).focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="较好")).to_be_checked()
    swipe = """(step) => {
        const card = document.querySelector('[data-screen=card]');
        const touch = (x) => new Touch({identifier: 1, target: card, clientX: x, clientY: 300});
        const tell = (kind, where) => card.dispatchEvent(new TouchEvent(kind, where));
        tell('touchstart', {touches: [touch(200)], bubbles: true});
        tell('touchend', {changedTouches: [touch(200 + step)], bubbles: true});
    }"""
    page.evaluate(swipe, -120)
    expect(page.locator("[data-place]")).to_have_text("2 / 2")
    page.evaluate(swipe, 120)
    expect(page.locator("[data-place]")).to_have_text("1 / 2")
    expect(page.get_by_role("radio", name="较好")).to_be_checked()
    do(page, "报告和数据")
    expect(page.get_by_text("报告1第一段")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("报告1第一段")).to_be_hidden()


def test_a_code_can_be_typed_and_no_code_reaches_the_log(site: Site, windows: Windows) -> None:
    poll = open_poll(site, reporters=1)
    code = poll.codes["A"][0]
    page = windows.phone(site.url)
    page.goto("/p/")
    page.get_by_label("编号").fill(f"{code[:5].lower()} {code[5:].lower()}")
    do(page, "打开测评表")
    do(page, "开始填写")
    expect(page.locator("[data-place]")).to_have_text("1 / 1")
    do(page, "去提交")
    do(page, "提交（只能一次）")
    expect(page.get_by_role("heading", name="已经提交")).to_be_visible()
    receipt = page.locator("[data-receipt]").inner_text().replace(" ", "")
    log = site.log.read_text("utf-8")
    assert poll.public_id in log
    assert not [secret for secret in (code, code.lower(), receipt) if secret in log]
