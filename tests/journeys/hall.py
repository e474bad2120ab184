"""The people of the meeting's story: what each does with the pages, as they would."""

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from docx import Document
from playwright.sync_api import Page, expect

from shuzhi.web.demo.people import PASSWORD
from tests.infra.browser import Windows
from tests.infra.needs import absent
from tests.infra.site import Site

MARKS = ("好", "较好", "一般", "差")
PRESS = """marks => marks.forEach(mark => {
  const labels = [...document.querySelectorAll("[data-items] label")];
  labels.find(label => label.textContent === mark).click();
  document.querySelector("[data-screen=card] [data-do=next]").click();
})"""
EVERY = 10  # one rater in so many is watched tap by tap
CODE = re.compile(r"\b([2-9A-HJKMNP-TW-Z]{5})[\s-]([2-9A-HJKMNP-TW-Z]{5})\b")


def try_to_sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Fill in the login page that every address of the site leads to first."""
    page.goto("/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="登录").click()


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Sign in, and be in."""
    try_to_sign_in(page, username, password)
    expect(page.locator("h1")).not_to_have_text("登录")


def press(page: Page, name: str) -> None:
    """Press a button and wait for the page that answers."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


@dataclass
class Office:
    """The windows of those who work with accounts, and this year's review."""

    site: Site
    windows: Windows
    year: int = 0
    review: str = ""
    phones: str = ""  # the address that slips lead to
    receipt: str = ""  # of the first rater

    def desktop(self, username: str, password: str = PASSWORD) -> Page:
        """Open a laptop's window in which `username` is logged in."""
        page = self.windows.desktop(self.site.url)
        sign_in(page, username, password)
        return page

    def phone(self, username: str) -> Page:
        """Open a phone's window, on the hall's own network, in which `username` is logged in."""
        page = self.windows.phone(self.site.hall)
        sign_in(page, username)
        return page

    def open_review(self, page: Page, year: int) -> None:
        """Go to the year's review and remember its address."""
        page.goto("/reviews/")
        page.get_by_role("link", name=re.compile(f"{year}年度")).first.click()
        self.review = page.url.removeprefix(self.site.url)


def post(page: Page, address: str, **fields: str) -> bytes:
    """Send a form as the page would and return the answer's bytes (for files)."""
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    form = {"csrfmiddlewaretoken": token, **fields}
    answer = page.request.post(address, form=form, headers={"Referer": page.url})
    assert answer.ok, f"{answer.status} {address}\n{answer.text()[:500]}"
    return answer.body()


def text_of_pdf(data: bytes) -> str:
    """Return the words of a PDF, as a person would read them."""
    if not shutil.which("pdftotext"):
        absent("poppler")
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"],  # noqa: S607 (Debian's poppler-utils)
        input=data,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def codes_of(pdf: bytes) -> list[str]:
    """Return the codes printed on a sheet of slips."""
    return [a + b for a, b in CODE.findall(text_of_pdf(pdf))]


def word_report(topics: list[str]) -> bytes:
    """Return a Word file with a heading and a paragraph for each topic."""
    document = Document()
    for number, topic in enumerate(topics, 1):
        document.add_heading(f"{number}.{topic}", level=1)
        document.add_paragraph(
            "全年按计划推进，问题逐条列出，责任人和期限写明，完成情况请群众代表看过。"
        )
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@dataclass
class Rater:
    """Somebody in the hall with a slip and a phone."""

    page: Page
    random: Random

    def start(self, poll: str, code: str) -> None:
        """Scan the slip and say which unit is the own, where that is asked."""
        self.page.goto(f"{poll}#{code}")
        self.page.locator('[data-do="start"]').click()
        own = self.page.locator('[data-screen="own"]')
        expect(
            self.page.locator('[data-screen="card"], [data-screen="own"]').locator("visible=true")
        ).to_have_count(1)
        if own.is_visible():
            choices = self.page.locator("#own option").count()
            self.page.locator("#own").select_option(index=self.random.randrange(1, choices))
            self.page.locator('[data-do="own"]').click()

    def cards(self) -> int:
        """Return how many reporters this rater rates."""
        place = self.page.locator(".where [data-place]")
        expect(place).to_contain_text("/")
        return int((place.text_content() or "").partition("/")[2])

    def rate_all(self, *, tapping: bool = False) -> int:
        """Mark one reporter after the other; return how many screens that took.

        Tapping waits for each screen as a finger does; else the page's own buttons are pressed
        one after the other, which is what lets forty raters through in a test.
        """
        whole = self.cards()
        marks = [self.random.choice(MARKS[: 2 + number % 2]) for number in range(whole)]
        if not tapping:
            self.page.evaluate(PRESS, marks)
        for number, mark in enumerate(marks if tapping else (), 1):
            expect(self.page.locator(".where [data-place]")).to_have_text(f"{number} / {whole}")
            self.page.locator("[data-items] label", has_text=re.compile(f"^{mark}$")).click()
            self.page.locator('[data-do="next"]').click()
        expect(self.page.locator('[data-screen="summary"] [data-done]')).to_contain_text(
            f"已评 {whole} 位"
        )
        return whole

    def submit(self) -> str:
        """Submit and return the receipt."""
        self.page.locator('[data-do="submit"]').click()
        receipt = self.page.locator("[data-receipt]")
        expect(receipt).to_have_text(re.compile(r"\w{4}( \w{4})+"))
        return receipt.text_content() or ""


@dataclass
class Teller:
    """Somebody who tallies the paper forms of a category, stroke by stroke."""

    page: Page
    category: str  # its address

    def enter(self, columns: tuple[int, ...]) -> None:
        """Count a form for every column: each gave all reporters that mark."""
        self.page.goto(self.category)
        fields = {"returned": len(columns), "void": 0, "unused": 0, "cancelled": 0}
        for name, value in fields.items():
            self.page.locator(f"[name={name}]").fill(str(value))
        press(self.page, "保存张数")
        self.tally(columns)

    def forget(self, returned: int, axe: Callable[[Page], None]) -> None:
        """Count forms, tally nothing, and be asked before all of them count as blank."""
        self.page.goto(self.category)
        for name in ("returned", "void", "unused", "cancelled"):
            self.page.locator(f"[name={name}]").fill(str(returned if name == "returned" else 0))
        press(self.page, "保存张数")
        axe(self.page)
        self.page.get_by_role("button", name="这一类录完了").click()
        question = self.page.get_by_role("dialog")
        expect(question).to_contain_text(f"收回 {returned} 张有效票，却一票未记")
        self.page.keyboard.press("Escape")
        expect(question).to_be_hidden()

    def tally(self, columns: tuple[int, ...]) -> None:
        """Fill the tally sheet and say that this category is entered."""
        self.page.goto(self.category)
        self.page.locator(".bl-numbers a").first.click()
        for row in self.page.locator("tbody tr").all():
            for column, cell in enumerate(row.locator("input").all()):
                cell.fill(str(columns.count(column)))
        press(self.page, "保存计票单")
        self.page.goto(self.category)
        press(self.page, "这一类录完了")

    def correct(self, columns: tuple[int, ...]) -> None:
        """Take the entry back and count again."""
        self.page.goto(self.category)
        press(self.page, "退回重录")
        self.tally(columns)


def rate(office: Office, code: str, number: int) -> str:
    """Let a rater with a phone of their own come in with a slip; return the receipt."""
    page = office.windows.phone(office.site.hall)
    rater = Rater(page, Random(number))  # noqa: S311 (the same story every time)
    rater.start(office.phones, code)
    assert rater.rate_all(tapping=number % EVERY == 0) + 4 <= 30
    receipt = rater.submit()
    page.context.close()
    return receipt
