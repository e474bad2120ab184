"""A clerk writes next year's scheme and sees last year's effect; a unit objects and is answered."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.infra.browser import Windows
from tests.infra.site import Site

from .hall import Office, press

Axe = Callable[[Page], None]
YEAR = "from django.utils import timezone; print(timezone.localdate().year)"
# The year's meeting held without its hall, which another story tells: vote, close, seal, score.
HOLD = """
from secrets import token_hex
from shuzhi.appraisal import services as appraisal
from shuzhi.appraisal.models import Review
from shuzhi.ballots import services as ballots
from shuzhi.gatherings import services as gatherings
from shuzhi.web.demo.crew import Crew
from shuzhi.web.demo.hall import RATERS
crew = Crew()
review = Review.objects.select_related("poll", "gathering", "unit").order_by("-year").first()
slips = {
    key: ballots.issue_slips(actor=crew.commissioner, poll=review.poll, category=key, count=count)
    for key, count in RATERS.items()
}
appraisal.open_meeting(review, actor=crew.commissioner, accept_faults=True)
review.poll.refresh_from_db()
cards = [card.subject for card in review.poll.cards.all()]
items = [item.id for item in review.poll.parsed_form.items]
marks = ("好", "较好", "一般")
recused = {row.id for row in review.poll.parsed_form.categories if row.recuse}
handed_out = [(key, code) for key, codes in slips.items() for code in codes]
for number, (key, code) in enumerate(handed_out):
    own = cards[number % len(cards)] if key in recused else None
    given = {u: dict.fromkeys(items, marks[(n + number) % 3]) for n, u in enumerate(cards)}
    given.pop(own, None)
    ballot = ballots.Ballot(marks=given, own_unit=own)
    ballots.cast_ballot(review.poll.public_id, code, token_hex(16), ballot)
gatherings.close_gathering(review.gathering, actor=crew.commissioner)
review = Review.objects.select_related("poll", "unit").get(pk=review.pk)  # it closed with it
appraisal.seal_ballots(review, actor=crew.commissioner)
"""


def begin(page: Page) -> str:
    """Copy last year's scheme; return the editor's address."""
    page.goto("/reviews/schemes/")
    page.get_by_role("link", name="起草考核方案").first.click()
    page.locator("[name=title]").fill("明年的考核方案")
    page.get_by_role("radio").first.check()
    press(page, "建草稿")
    expect(page.locator("h1")).to_be_visible()
    return page.url


def change_points(page: Page, axe: Axe) -> None:
    """Type other points: the sum says at once what is missing, then that it adds up."""
    trial = page.locator("#sc-trial")
    expect(trial).to_contain_text("0 个单位名次变动", timeout=20_000)  # the engine wakes up
    routine, rating = (
        page.get_by_label(f"{t}的分值", exact=True) for t in ("平时考核", "现场测评")
    )
    routine.fill("40")
    expect(page.locator("#sc-sum-")).to_have_text("还差 20 分")
    expect(page.locator("#sc-sum-0")).to_have_text("多了 20 分")
    routine.press("Enter")
    expect(page.locator("#sc-status")).to_contain_text("撤回")
    expect(trial).to_contain_text("改正左边标出的问题", timeout=20_000)
    axe(page)
    for box in page.locator("tr[data-above='0'] .sc-points").all():
        box.fill("8")
        box.press("Tab")
    expect(page.locator("#sc-sum-0")).to_have_text("合计正好")
    rating.fill("60")
    rating.press("Tab")
    expect(page.locator("#sc-sum-")).to_have_text("合计正好")
    expect(trial).to_contain_text(re.compile("[1-9]\\d* 个单位名次变动"), timeout=20_000)
    axe(page)


def go_back(page: Page) -> None:
    """Open an item and go back with the browser's own button: the sums go on living."""
    page.locator("[data-tree] a", has_text="驻点走访").press("Enter")
    expect(page.get_by_label("名称", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_label("名称", exact=True)).to_have_count(0)
    box = page.get_by_label("驻点走访群众（户次）的分值", exact=True)
    box.fill("８")  # as a Chinese keyboard writes it
    expect(page.locator("#sc-sum-0")).to_have_text("合计正好")
    box.fill("八")
    box.press("Tab")
    expect(page.get_by_role("alert")).to_contain_text("驻点走访群众（户次）”的分值没有保存")
    expect(box).to_have_value("八")  # what was typed stays
    box.fill("8")
    box.press("Tab")
    expect(page.get_by_role("alert")).to_have_count(0)


def change_a_rule(page: Page) -> None:
    """Open an item, choose another rule in plain words, save."""
    page.locator("[data-tree] a", has_text="驻点走访").press("Enter")
    expect(page.get_by_label("名称", exact=True)).to_be_focused()  # one goes on where one is
    page.get_by_label("名称", exact=True).fill("驻点走访")
    page.locator("[data-tree] a", has_text="公开承诺").click()
    expect(page.get_by_role("dialog")).to_contain_text("还没有保存")
    page.get_by_role("button", name="先不").click()
    expect(page.get_by_label("名称", exact=True)).to_have_value("驻点走访")
    page.get_by_label("名称", exact=True).fill("驻点走访群众（户次）")
    box = page.get_by_label("驻点走访群众（户次）的分值", exact=True)
    box.fill("8.5")
    expect(page.locator("#sc-panel [name=points]")).to_have_value("8.5")  # one item, one number
    box.fill("8")
    page.locator("[name=kind]").select_option("bands")
    row = page.locator("[data-rows] tbody tr")
    expect(row).to_have_count(2)
    for number, (bound, rate) in enumerate((("120", "100"), ("60", "60"), ("", "0"))):
        row.nth(number).locator("input").nth(0).fill(bound)
        row.nth(number).locator("input").nth(1).fill(rate)
        if number == 1:
            expect(row).to_have_count(3)  # there is always one to go on in
            page.get_by_role("button", name="保存这一部分").click()
            expect(page.locator(".sc-fault")).to_contain_text("最后一档")
            expect(page.locator("#sc-trial")).to_contain_text("驻点走访群众（户次）：")
    page.get_by_role("button", name="保存这一部分").click()
    expect(page.locator("[data-tree]")).to_contain_text(
        "120 及以上得 100%、60 及以上得 60%、其余得 0%"
    )
    expect(page.locator("[data-tree] [aria-current]")).to_be_focused()  # and on with the next


def look_at_a_weight(page: Page) -> None:
    """Ask what would be if the rating weighed less; the draft stays."""
    page.locator(".sc-what-if > summary").click()
    page.locator("#weight").select_option("review")
    page.locator("#what-if-points").fill("20")
    page.get_by_role("button", name="看看").click()
    told = page.locator("#sc-what-if")
    expect(told).to_contain_text("现场测评 60 → 20", timeout=20_000)
    expect(told).to_contain_text("平时考核 40 → 80")


def publish(page: Page, address: str, axe: Axe) -> None:
    """Read what changed in sentences, publish, and use it for this year's review."""
    page.goto(f"{address.partition('?')[0]}compare/")
    expect(page.locator("main")).to_contain_text("“现场测评”从 40 分改为 60 分")
    expect(page.locator(".sc-moves tbody tr")).to_have_count(21)
    axe(page)
    page.goto(f"{address.partition('?')[0]}publish/")
    expect(page.locator("main")).to_contain_text("“现场测评”从 40 分改为 60 分")
    axe(page)
    press(page, "发布，不再改动")
    expect(page.locator("main")).to_contain_text("第 1 版")
    expect(page.locator("[data-tree] .sc-points")).to_have_count(0)


def paste_figures(office: Office, page: Page, axe: Axe) -> None:
    """Copy a block from a worksheet into the grid, go on by keys, and mend what is refused."""
    page.goto(f"{office.review}figures/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", '5\t11\r\n"4"\t十一\r\n')
    rows = page.locator("[data-grid] tbody tr")
    cell = lambda row, column: rows.nth(row).locator("input").nth(column)  # noqa: E731
    cell(19, 0).focus()
    page.keyboard.press("Control+V")
    page.keyboard.press("Control+Z")
    expect(page.locator("[data-state]")).to_be_empty()
    page.keyboard.press("Control+V")
    expect(page.locator("[data-state]")).to_have_text("改了 4 格，还没有保存。")
    page.once("dialog", lambda question: question.accept())  # leave without saving?
    page.reload()
    expect(page.locator("[data-state]")).to_have_text("改了 4 格，还没有保存。")
    cell(19, 0).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")  # the last row: it stays, and sends nothing
    expect(cell(20, 0)).to_be_focused()
    axe(page)
    press(page, "保存数据")
    expect(cell(20, 1)).to_have_attribute("title", re.compile("请填数字"))
    page.get_by_role("alert").get_by_role("link").click()
    expect(cell(20, 1)).to_be_in_viewport()
    cell(20, 1).fill("11")
    press(page, "保存数据")
    expect(page.locator("main")).to_contain_text("已保存，改动 4 格")
    expect(cell(19, 1)).to_have_value("11")
    expect(page.locator("[data-state]")).to_be_empty()


@pytest.mark.every_database
def test_a_scheme_from_last_years_to_a_score_and_an_objection(
    site: Site, windows: Windows, axe: Axe
) -> None:
    windows.forgive("htmx:(afterRequest|sendAbort)")  # a newer trial calls an older one off
    windows.forgive("422 .*/(tree|figures)/")  # points and figures that are no numbers
    office, year = Office(site, windows), int(site.python(YEAR))
    page = office.desktop("commissioner")
    address = begin(page)
    change_points(page, axe)
    go_back(page)
    change_a_rule(page)
    look_at_a_weight(page)
    publish(page, address, axe)
    office.open_review(page, year)
    page.goto(f"{office.review}scheme/")
    press(page, "采用")
    expect(page.locator("main")).to_contain_text("采用“明年的考核方案”第 1 版")
    paste_figures(office, page, axe)
    site.python(HOLD)
    page.goto(office.review)
    press(page, "计分")
    expect(page.locator("h1")).to_have_text("考核结果", timeout=60_000)  # the worker
    page.goto(f"{office.review}vote/")
    expect(page.locator(".ap-firm tbody tr")).to_have_count(21)
    axe(page)
    page.goto(f"{office.review}yearly/")
    expect(page.locator(".ap-yearly")).to_contain_text("现场测评")
    axe(page)
    object_and_answer(office, page, axe)


def object_and_answer(office: Office, page: Page, axe: Axe) -> None:
    """The units check; one objects with evidence; the organiser puts it right."""
    page.goto(f"{office.review}check/")
    page.locator("[name=due]").fill("2099-12-31")
    press(page, "开始核对")
    unit = office.phone("secretary03")
    unit.get_by_role("link", name=re.compile("核对.*的得分")).click()
    expect(unit.locator("h1")).to_contain_text("为什么是")
    unit.locator("[name=indicator]").select_option("study")
    unit.locator("[name=text]").fill("全年开了 9 次，会议记录附后。")
    proof = {"name": "会议记录.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 minutes"}
    unit.locator("#evidence").set_input_files(proof)
    axe(unit)
    press(unit, "提出异议")
    expect(unit.locator(".ap-objection")).to_contain_text("待答复")
    page.goto("/")
    page.get_by_role("link", name="答复 1 条得分异议").click()
    axe(page)
    page.get_by_role("link", name="答复", exact=True).click()
    page.get_by_label("成立，更正数据，重新计分").check()
    page.locator("[name=value]").fill("9")
    page.locator("[name=answer]").fill("会议记录属实，按 9 次计。")
    axe(page)
    press(page, "答复")
    expect(page.locator(".ap-objection")).to_contain_text("→ 9")
    unit.reload()
    expect(unit.locator(".ap-objection")).to_contain_text("会议记录属实")
    expect(unit.locator(".ap-why")).to_contain_text("实际 9")
    axe(unit)
