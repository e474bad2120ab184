"""The review meeting as it is held: from two missing reports to a bulletin that anyone recounts."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.infra.browser import Windows
from tests.infra.site import Site

from .hall import Office, Teller, codes_of, post, press, rated, word_report

YEAR = "from django.utils import timezone; print(timezone.localdate().year)"
SLIPS = {"A": 8, "B": 6, "C": 14, "D": 10}
PAPER = {"D": 2}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Axe = Callable[[Page], None]


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


def hand_out(page: Page, poll: str) -> list[str]:
    """Print the slips of every category, and note the paper forms; return the codes."""
    codes = []
    page.goto(poll)
    for category, count in SLIPS.items():
        root = page.locator(f"#root-{category}").input_value()
        sheet = post(page, f"{poll}{category}/print/", count=str(count), root=root)
        printed = codes_of(sheet)
        assert len(printed) == count, f"{category}: {len(printed)} codes on the sheet"
        codes += printed
    for category, count in PAPER.items():
        post(page, f"{poll}{category}/issued/", issued=str(count))
    return codes


def sign_everybody_in(page: Page, meeting: str) -> None:
    """Tap through the roll at the door."""
    page.goto(f"{meeting}door/")
    while (waiting := page.locator("button[value=present]")).count():
        with page.expect_navigation():
            waiting.first.click()
    expect(page.locator("body")).to_contain_text("已达法定人数")


def hear_everybody(desk: Page, meeting: str, screen: Page) -> None:
    """Call one reporter after the other; the big screen follows and never shows a score."""
    desk.goto(f"{meeting}desk/")
    screen.goto(f"{meeting}screen/")
    for _ in range(21):
        with desk.expect_navigation():
            desk.get_by_role("button", name=re.compile("^下一位")).click()
        name = (desk.locator(".gather-name").text_content() or "").split()[0]
        expect(screen.locator(".gather-screen-name")).to_have_text(name)
    press(desk, "结束")
    expect(screen.locator("main")).not_to_contain_text("分")


def count_paper(office: Office, manager: Page, poll: str) -> None:
    """Two tellers key the same two forms in, each alone; one slips, and corrects it."""
    tellers = []
    for name in ("计票员甲", "计票员乙"):
        manager.goto(poll)
        manager.locator("#name").fill(name)
        press(manager, "开账号")
        username, password = (manager.locator("main dd").nth(n).inner_text() for n in (0, 1))
        address = poll.replace("polls/", "count/") + "D/"
        tellers.append(Teller(office.desktop(username, password), address))
    tellers[0].enter((0, 1))
    tellers[1].enter((0, 2))
    manager.goto(f"{poll}differences/")
    expect(manager.locator("main")).to_contain_text("不一致")
    tellers[1].correct((0, 1))
    manager.reload()
    expect(manager.locator("main")).to_contain_text("两人录入完全一致")


def comment_on_the_phone(office: Office, axe: Axe) -> None:
    """The leader comments on one reporter in three parts and names a problem."""
    page = office.phone("leader")
    page.goto(f"{office.review}comments/")
    page.locator("main tbody a").first.click()
    for name, words in (
        ("good", "走访做得实。"),
        ("lacking", "活动形式单一。"),
        ("direction", "办到楼栋里。"),
    ):
        page.locator(f"[name={name}]").fill(words)
    page.locator("[name=problems]").fill("党员活动形式单一")
    axe(page)
    press(page, "保存并审定")
    expect(page.locator("main")).to_contain_text("已审定")
    page.context.close()


def decide_and_publish(office: Office, commissioner: Page, axe: Axe) -> None:
    """The commissioner records the decision; another person publishes it, on a phone."""
    commissioner.goto(f"{office.review}results/")
    axe(commissioner)
    commissioner.goto(f"{office.review}decide/")
    axe(commissioner)
    press(commissioner, "登记研究结果")
    leader = office.phone("leader")
    leader.goto(f"{office.review}publish/")
    axe(leader)
    press(leader, "同意，公布结果")
    leader.goto(f"{office.review}results/")
    leader.locator("main tbody a").first.click()
    expect(leader.locator("h1")).to_contain_text("为什么是")
    axe(leader)
    leader.context.close()


def test_the_meeting_from_the_roll_to_the_recount(
    site: Site, windows: Windows, axe: Axe, tmp_path: Path
) -> None:
    office = Office(site, windows)
    year = int(site.python(YEAR))
    commissioner = office.desktop("commissioner")
    office.open_review(commissioner, year)
    expect(commissioner.locator("body")).to_contain_text("没有述职报告")
    axe(commissioner)
    finish_reports(office, axe)
    meeting = str(commissioner.get_by_role("link", name=re.compile("控制台")).get_attribute("href"))
    poll = str(
        commissioner.get_by_role("link", name="去解决").first.get_attribute("href")
    ).partition("#")[0]
    codes = hand_out(commissioner, poll)
    axe(commissioner)

    desk = office.desktop("desk")
    sign_everybody_in(desk, meeting)
    axe(desk)
    commissioner.goto(office.review)
    expect(commissioner.locator("main")).to_contain_text("都准备好了")
    press(commissioner, "定稿并开会")
    hear_everybody(desk, meeting, office.desktop("inspector"))
    axe(desk)
    phone_address = poll.replace("polls/", "")
    receipts = rated(windows, site, phone_address, iter(codes), seed=year)
    assert len(set(receipts)) == len(codes)

    desk.goto(f"{meeting}close/")
    expect(desk.locator("main")).to_contain_text("发出的测评票都已提交")
    axe(desk)
    press(desk, "散会并截止测评")
    count_paper(office, commissioner, poll)
    commissioner.goto(office.review)
    press(commissioner, "封存票箱")
    press(commissioner, "计分")
    expect(commissioner.locator("h1")).to_have_text("考核结果")
    comment_on_the_phone(office, axe)
    decide_and_publish(office, commissioner, axe)
