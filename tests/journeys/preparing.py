"""Before the meeting: a review from the template, what still stands in its way, the reports."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from .hall import Office, press, word_report

Axe = Callable[[Page], None]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RED = "rgb(166, 27, 27)"
OPEN_NEXT = """
from django.utils import timezone
from shuzhi.kernel.access import SYSTEM
from shuzhi.registry.services.periods import open_period
open_period(actor=SYSTEM, year=timezone.localdate().year + 1)
"""


def prepare_next_year(office: Office, axe: Axe) -> None:
    """Open next year's review from the template, shape it, and read what still stands in its way.

    This year's is further on: it is the one that is held.
    """
    office.site.python(OPEN_NEXT)
    page = office.desktop("commissioner")
    page.locator(".sz-year summary").click()
    press(page, str(office.year + 1))
    page.goto("/reviews/")
    page.get_by_role("link", name="建立本年度评议").click()
    plan(office, page, axe)
    review = page.url
    draw_the_order(page)
    spare_one(page)
    page.goto(review)
    press(page, "开始收集述职报告")
    obstacles = page.locator(".ap-obstacles")
    for words in ("一类没有测评人", "没有述职报告", "平时考核数据"):
        expect(obstacles).to_contain_text(words)
    expect(obstacles.locator(".ap-stops").first).to_have_css("color", RED)
    expect(page.get_by_role("button", name="定稿并开会")).to_have_count(0)
    axe(page)
    page.get_by_role("link", name="考核方案", exact=True).first.click()
    assert page.locator("main tbody tr").count() > 10  # the topics, and the routine figures
    expect(page.locator("#text")).to_have_value(re.compile("share: 25"))
    page.context.close()


def plan(office: Office, page: Page, axe: Axe) -> None:
    """Fill the plan in: weights that are no whole are refused, and nothing typed is lost."""
    office.windows.forgive("422")
    page.get_by_label("地点").fill("镇机关三楼会议室")
    page.get_by_label("主持人").fill("镇党委书记")
    page.get_by_label("按述职内容逐项评价").check()
    weight = page.get_by_label("A 类权重（%）")
    right = weight.input_value()
    weight.fill("99")
    page.get_by_label("D 类回避本单位").uncheck()
    page.locator("#id_quota_0").fill("25")
    axe(page)
    press(page, "建立评议")
    expect(page.get_by_role("alert")).to_contain_text("应为 100%")
    expect(page.locator("#id_quota_0")).to_have_value("25")
    weight.fill(right)
    expect(page.locator("[data-weights]")).to_contain_text("100 ✓")
    press(page, "建立评议")
    expect(page.locator("h1")).to_contain_text(str(office.year + 1))


def draw_the_order(page: Page) -> None:
    """Draw the order by lot from a word said aloud."""
    page.get_by_role("link", name=re.compile("述职单位和顺序")).click()
    names = page.locator("main tbody th").all_inner_texts()
    assert len(names) == 21
    page.locator("[name=seed]").fill("二零二六")
    press(page, "抽签排定顺序")
    drawn = page.locator("main tbody th").all_inner_texts()
    assert drawn != names
    assert sorted(drawn) == sorted(names)


def spare_one(page: Page) -> None:
    """Spare the last one the rank; without a reason that is refused."""
    page.locator("main tbody a").last.click()
    page.locator("[name=exemption]").select_option("rank")
    press(page, "保存")
    expect(page.locator("main")).to_contain_text("理由")
    page.locator("[name=reason]").fill("到任不足三个月")
    press(page, "保存")
    expect(page.locator("main tbody tr").last).to_contain_text("到任不足三个月")


def finish_reports(office: Office, axe: Axe) -> None:
    """Two secretaries write in the browser, another uploads a Word file."""
    topics = write_in_the_browser(office, "secretary19", axe)
    write_in_the_browser(office, "secretary21", axe)
    page = report_of(office, "secretary20")
    page.locator("#file").set_input_files(
        {"name": "述职报告.docx", "mimeType": WORD, "buffer": word_report(topics)}
    )
    press(page, "上传")
    press(page, "提交报告")
    expect(page.locator("main")).to_contain_text("已提交")
    page.context.close()


def report_of(office: Office, secretary: str) -> Page:
    """Open the editor of the own report from the review's page."""
    page = office.desktop(secretary)
    page.goto(office.review)
    page.get_by_role("link", name="写述职报告").click()
    return page


def write_in_the_browser(office: Office, secretary: str, axe: Axe) -> list[str]:
    """Fill all ten sections, wait until they are kept, submit; return the topics."""
    page = report_of(office, secretary)
    labels = page.locator(".ap-section label").all_inner_texts()
    for box in page.locator(".ap-section textarea").all():
        box.fill("走访了片区里的每一户，意见逐条登记，能办的当月办完，办不了的说明原因。")
    expect(page.locator("[data-saving]")).to_contain_text("已保存")
    axe(page)
    press(page, "提交报告")
    expect(page.locator("main")).to_contain_text("已提交")
    page.context.close()
    assert len(labels) == 10
    return [re.sub(r"^\d+\.\s*|\s*(已写|未写)$", "", label.strip()) for label in labels]
