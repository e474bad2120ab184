"""Without a mouse: every control is reached, its focus shows, and keys do what presses do."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.infra.browser import Windows
from tests.infra.site import Site

from .hall import Office

MOST = 400  # presses until a page counts as a trap
HERE = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const box = at.getBoundingClientRect();
  const look = getComputedStyle(at);
  const beside = at.nextElementSibling ? getComputedStyle(at.nextElementSibling) : look;
  const shows = style => style.outlineStyle !== "none" || style.boxShadow !== "none";
  window.walked = window.walked || new Set();
  const again = window.walked.has(at) && at !== window.last; // a date has parts of its own
  window.walked.add(at);
  window.last = at;
  return {
    again,
    words: at.outerHTML.slice(0, 120),
    seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
    shows: shows(look) || shows(beside),
  };
}"""
PASSED_OVER = """() => [...document.querySelectorAll(
    "main :is(a[href], button, input, select, textarea, summary)")]
  .filter(each => each.checkVisibility({visibilityProperty: true}) && !each.disabled)
  .filter(each => each.type !== "hidden" && (each.type !== "radio" || each.checked))
  .filter(each => !window.walked.has(each))
  .map(each => each.outerHTML.slice(0, 120))"""


def walk(page: Page) -> None:
    """Press Tab until the page ends: focus shows wherever it stands, and passes nothing over."""
    page.emulate_media(reduced_motion="reduce")  # a page that glides has not arrived yet
    page.evaluate(HERE)
    for _ in range(MOST):
        page.keyboard.press("Tab")
        here: dict[str, Any] | None = page.evaluate(HERE)
        if here is None or here["again"]:
            break
        assert here["seen"], f"focus stands out of sight: {here['words']}"
        assert here["shows"], f"focus does not show: {here['words']}"
    else:
        pytest.fail(f"the page never ends: {page.url}")
    assert page.evaluate(PASSED_OVER) == []


@pytest.fixture
def office(site: Site, windows: Windows) -> Office:
    return Office(site, windows)


def follow(page: Page, *names: str) -> None:
    """Go on by links, each found by the beginning of its words."""
    for name in names:
        page.locator("main").get_by_role("link", name=re.compile(f"^{name}")).first.click()


def test_every_control_of_the_meetings_pages_is_reached(office: Office) -> None:
    page = office.desktop("commissioner")
    walk(page)
    page.goto("/reviews/")
    follow(page, r"\d{4}年度")
    walk(page)
    review = page.url
    for name in ("方案", "述职单位和顺序", "述职报告", "平时考核数据", "领导点评", "测评票和计票"):
        page.goto(review)
        follow(page, name)
        walk(page)
    page.goto("/reviews/results/")
    follow(page, r"\d{4}年度")
    walk(page)


def test_the_desk_and_the_report_are_worked_by_keys(office: Office) -> None:
    desk = office.desktop("desk")
    desk.goto("/gatherings/")
    follow(desk, r"\d{4}年度", "打开会场控制台")
    walk(desk)
    desk.get_by_role("link", name="签到").focus()
    desk.keyboard.press("Enter")
    walk(desk)
    first = desk.locator(".gather-person").first
    first.locator("summary").focus()
    desk.keyboard.press("Enter")
    first.get_by_label("替会人").fill("社区副书记")
    first.get_by_role("button", name="替会").press("Enter")
    expect(first).to_contain_text("替会")

    secretary = office.desktop("secretary21")
    follow(secretary, "写")
    walk(secretary)


def test_menus_open_and_close_by_keys(office: Office) -> None:
    page = office.desktop("commissioner")
    menu = page.locator(".sz-account")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(menu.get_by_role("button", name="退出登录")).to_be_visible()
    for name in ("每日提醒", "修改密码"):
        page.keyboard.press("Tab")
        expect(menu.get_by_role("link", name=name)).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu.locator("summary")).to_be_focused()
    expect(menu.get_by_role("button", name="退出登录")).to_be_hidden()


def test_the_first_stop_skips_to_the_text(office: Office) -> None:
    page = office.desktop("leader")
    page.goto("/reviews/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="跳到正文")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = "document.activeElement.closest('main') !== null"
    assert page.evaluate(inside)


def test_the_heat_map_sorts_by_keys(office: Office) -> None:
    page = office.desktop("leader")
    page.goto("/reviews/results/")
    follow(page, r"\d{4}年度")
    head = page.locator("[data-heat] th").nth(3)
    head.get_by_role("button").press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    cells = page.locator("[data-heat] tbody tr td:nth-child(4)").all_inner_texts()
    numbers = [int(text) for text in cells if text.isdigit()]
    assert numbers == sorted(numbers)
    head.get_by_role("button").press("Space")
    expect(head).to_have_attribute("aria-sort", "descending")


def test_signing_in_needs_no_mouse(site: Site, windows: Windows) -> None:
    page = windows.desktop(site.url)
    page.goto("/")
    walk(page)
    page.reload()
    page.locator("[name=username]").focus()
    page.keyboard.type("leader")
    page.keyboard.press("Tab")
    page.keyboard.type("shuzhi-demo")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("我的待办")
