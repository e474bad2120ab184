"""The review meeting as it is held: from two missing reports to a bulletin that anyone recounts."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.infra.browser import Windows
from tests.infra.site import Site

from . import papers
from .hall import Office, Teller, codes_of, post, press, rate
from .preparing import finish_reports, prepare_next_year

YEAR = "from django.utils import timezone; print(timezone.localdate().year)"
SLIPS = {"A": 8, "B": 6, "C": 14, "D": 12}  # forty phones
PAPER = {"D": 2}  # two residents without one
SPEAKING = """
from datetime import timedelta
from django.utils import timezone
from shuzhi.gatherings.models import Turn
turn = Turn.objects.select_related("gathering").get(state="speaking")
spent = timedelta(minutes=turn.gathering.speech_minutes) - timedelta(seconds={left})
Turn.objects.filter(pk=turn.pk).update(spent=0, running_since=timezone.now() - spent)
"""
PRESS_ALL = """async () => {
  for (const button of document.querySelectorAll("button[value=present]")) {
    const body = new FormData(button.form, button);
    await fetch(button.form.action, {method: "POST", body, redirect: "manual"});
  }
}"""
Axe = Callable[[Page], None]


def call_two_more(page: Page, meeting: str, axe: Axe) -> None:
    """Two residents without a phone are put on the roll; the form asks again for a name."""
    page.goto(f"{meeting}roll/")
    axe(page)
    for name in ("纸票甲", "纸票乙"):
        page.locator("[name=category]").select_option("D")
        page.locator("main [name=name]").fill(name)
        press(page, "列入名单")
        expect(page.locator(".sz-messages")).to_contain_text(name)
    expect(page.locator("main")).to_contain_text("共 42 条")


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
    """Tap the first four in; the other buttons are pressed without waiting for each page."""
    page.goto(f"{meeting}door/")
    for _ in range(4):
        with page.expect_navigation():
            page.locator("button[value=present]").first.click()
    page.evaluate(PRESS_ALL)
    page.reload()
    expect(page.locator("button[value=present]")).to_have_count(0)
    expect(page.locator("body")).to_contain_text("已达法定人数")


def hear_everybody(office: Office, desk: Page, meeting: str, axe: Axe) -> None:
    """Call one reporter after the other; the big screen follows and never shows a score."""
    screen = office.desktop("inspector")
    desk.goto(f"{meeting}desk/")
    screen.goto(f"{meeting}screen/")
    for number in range(21):
        if number == 1:
            pause_and_question(desk, axe)
            axe(screen)
        if number == 2:
            speak_too_long(office.site, desk, screen, axe)
        with desk.expect_navigation():
            desk.get_by_role("button", name=re.compile("^下一位")).click()
        name = (desk.locator(".gather-name").text_content() or "").split()[0]
        if number % 5 == 0:
            expect(screen.locator(".gather-screen-name")).to_have_text(name)
    press(desk, "结束")
    expect(screen.locator("main")).not_to_contain_text("分")


def pause_and_question(desk: Page, axe: Axe) -> None:
    """Stop the clock, let it run on, and take questions, as the desk does."""
    for step, word in (("暂停", "暂停"), ("继续", "正在述职"), ("提问", "提问")):
        press(desk, step)
        expect(desk.locator(".gather-now")).to_contain_text(word)
        expect(desk.locator("[data-clock]")).to_contain_text(":")
    axe(desk)


def speak_too_long(site: Site, desk: Page, screen: Page, axe: Axe) -> None:
    """Time runs out: the clock says so in words and red, and the desk is told to remind."""
    for left, state, words in ((30, "warn", "快到时间了"), (-30, "over", "已超时")):
        site.python(SPEAKING.format(left=left))
        for page in (desk, screen):
            clock = page.locator(f"[data-clock][data-state={state}]")
            expect(clock).to_have_attribute("data-word", words)
            axe(page)
    expect(desk.get_by_role("alert").get_by_text("述职已超时，请提醒。")).to_be_visible()


def vote(office: Office, desk: Page, meeting: str, codes: list[str], axe: Axe) -> None:
    """Forty raters come in; closing tells of the last one, who is waited for."""
    receipts = [rate(office, code, number) for number, code in enumerate(codes[:-1])]
    desk.goto(f"{meeting}close/")
    expect(desk.locator("main")).to_contain_text("还有 1 张测评票已发出、没有提交")
    axe(desk)
    desk.get_by_role("link", name="再等一等").click()
    receipts.append(rate(office, codes[-1], len(codes) - 1))
    assert len(set(receipts)) == sum(SLIPS.values())
    desk.goto(f"{meeting}close/")
    expect(desk.locator("main")).to_contain_text("发出的测评票都已提交")
    press(desk, "散会并截止测评")
    office.receipt = receipts[0]


def look_for_the_receipt(office: Office, axe: Axe) -> None:
    """Anybody with a receipt finds that the ballot was counted in."""
    page = office.windows.phone(office.site.url)
    page.goto(f"{office.phones}receipts/")
    page.locator("#receipt").fill(office.receipt)
    press(page, "查一查")
    expect(page.locator("main")).to_contain_text("您的票已经计入")
    axe(page)
    page.context.close()


def count_paper(office: Office, manager: Page, poll: str, axe: Axe) -> None:
    """Two tellers key the same two forms in, each alone; one slips, and corrects it."""
    tellers = []
    for name in ("计票员甲", "计票员乙"):
        manager.goto(poll)
        manager.locator("#name").fill(name)
        press(manager, "开账号")
        username, password = (manager.locator("main dd").nth(n).inner_text() for n in (0, 1))
        address = poll.replace("polls/", "count/") + "D/"
        tellers.append(Teller(office.desktop(username, password), address))
    tellers[0].forget(2, axe)
    tellers[0].enter((0, 1))
    tellers[1].enter((0, 2))
    manager.goto(f"{poll}differences/")
    expect(manager.locator("main")).to_contain_text("不一致")
    axe(manager)
    tellers[1].correct((0, 1))
    manager.reload()
    expect(manager.locator("main")).to_contain_text("两人录入完全一致")


def write_comment(office: Office, page: Page, place: int, button: str) -> None:
    """Fill in the three parts for the reporter in this place, and name a problem."""
    page.goto(f"{office.review}comments/")
    page.locator("main tbody a").nth(place).click()
    for name, words in (
        ("good", "走访做得实。"),
        ("lacking", "活动形式单一。"),
        ("direction", "办到楼栋里。"),
    ):
        page.locator(f"[name={name}]").fill(words)
    page.locator("[name=problems]").fill("党员活动形式单一")
    press(page, button)


def comment_on_the_phone(office: Office, clerk: Page, axe: Axe) -> None:
    """A clerk prepares one comment, the leader writes another; both are approved on the phone."""
    write_comment(office, clerk, 1, "保存并送领导审定")
    page = office.phone("leader")
    page.goto("/")
    page.get_by_role("link", name=re.compile("^审定 1 条点评")).first.click()
    expect(page.locator(".ap-approve")).to_contain_text("活动形式单一。")
    axe(page)
    press(page, "同意，审定")
    write_comment(office, page, 0, "保存并审定")
    expect(page.locator("main")).to_contain_text("已审定")
    axe(page)
    page.context.close()


def list_problems(office: Office, page: Page, axe: Axe) -> None:
    """Propose the lowest items, confirm one with owner and deadline."""
    page.goto(f"{office.review}problems/")
    press(page, "按最低得分提出问题")
    expect(page.locator("main")).to_contain_text("党员活动形式单一")
    axe(page)
    page.locator("main tbody a").first.click()
    page.locator("[name=owner]").fill("社区书记")
    page.locator("[name=due]").fill(f"{office.year + 1}-03-31")
    axe(page)
    press(page, "保存")
    if page.get_by_role("button", name="列入清单").count():
        press(page, "列入清单")


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
    year = int(site.python(YEAR))
    office = Office(site, windows, year)
    commissioner = office.desktop("commissioner")
    axe(commissioner)
    prepare_next_year(office, axe)
    office.open_review(commissioner, year)
    expect(commissioner.locator("body")).to_contain_text("没有述职报告")
    axe(commissioner)
    finish_reports(office, axe)
    meeting = str(commissioner.get_by_role("link", name=re.compile("控制台")).get_attribute("href"))
    poll = str(
        commissioner.get_by_role("link", name="去解决").first.get_attribute("href")
    ).partition("#")[0]
    call_two_more(commissioner, meeting, axe)
    codes = hand_out(commissioner, poll)
    axe(commissioner)

    desk = office.desktop("desk")
    sign_everybody_in(desk, meeting)
    axe(desk)
    commissioner.goto(office.review)
    expect(commissioner.locator("main")).to_contain_text("都准备好了")
    press(commissioner, "定稿并开会")
    hear_everybody(office, desk, meeting, axe)
    office.phones = poll.replace("polls/", "")
    vote(office, desk, meeting, codes, axe)

    count_paper(office, commissioner, poll, axe)
    commissioner.goto(office.review)
    press(commissioner, "封存票箱")
    look_for_the_receipt(office, axe)
    press(commissioner, "计分")
    expect(commissioner.locator("h1")).to_have_text("考核结果", timeout=60_000)  # the worker
    comment_on_the_phone(office, commissioner, axe)
    list_problems(office, commissioner, axe)
    decide_and_publish(office, commissioner, axe)

    notice = papers.issue(office, commissioner, year, axe)
    papers.take_the_bulletin(commissioner, notice)
    papers.recount(site, papers.take_the_papers(commissioner, axe), tmp_path / "recount")
    papers.read_own_feedback(office, "secretary05", axe)
    papers.verify_the_log(site, notice.head)
